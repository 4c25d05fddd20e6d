package chat.starling.channel.relay;

/** Stages as servers tell them. */
public final class StageCodec {

  private StageCodec() {}

  /** The message of a stage. */
  public static chat.starling.api.internal.v1.Stage toMessage(Stage stage) {
    return chat.starling.api.internal.v1.Stage.newBuilder()
        .setEpoch(stage.epoch())
        .addAllPath(stage.path())
        .build();
  }

  /** The stage of a message that keeps to the protocol's bounds. */
  public static Stage toStage(chat.starling.api.internal.v1.Stage message) {
    return new Stage(message.getEpoch(), message.getPathList());
  }
}
