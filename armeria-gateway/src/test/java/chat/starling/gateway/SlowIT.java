package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.frames.ClientStreams;
import chat.starling.gateway.harness.Deaf;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that read slowly or not at all, beside one that reads. */
class SlowIT {

  private static final int EVENTS = 1_000;
  private static final String TEXT = "x".repeat(4_000);

  @ParameterizedTest
  @EnumSource
  void client_readsSlowly_isToldWhereTheChannelIsAndGoesOn(ClientStreams.Writer writer)
      throws IOException, InterruptedException {
    try (Stage stage = stage(writer, Map.of())) {
      Deaf deaf = pastItsBound(stage);
      BlockingQueue<ServerFrame> frames = deaf.read();
      long seq = 0;
      ServerFrame frame = next(frames);
      for (; frame.hasEvent(); frame = next(frames)) {
        assertThat(frame.getEvent().getSeq()).isEqualTo(++seq);
      }
      assertThat(seq).as("what was sent before it was too much").isBetween(1L, EVENTS - 1L);
      assertThat(frame.getMarks().getMarksList())
          .singleElement()
          .satisfies(mark -> {
            assertThat(mark.getChannelId()).isEqualTo(Stage.CHANNEL);
            assertThat(mark.getLastSeq()).isEqualTo(EVENTS);
          });
      stage.channels.post(Stage.CHANNEL, "live again");
      assertThat(next(frames).getEvent().getSeq()).isEqualTo(EVENTS + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void client_readsNothingForLong_isCut(ClientStreams.Writer writer) throws IOException {
    Map<String, String> impatient =
        Map.of(
            "limits.stall-patience", "300ms",
            "session.heartbeat-interval", "1s",
            "session.heartbeat-grace", "60s",
            "session.max-sessions", "2");
    try (Stage stage = stage(writer, impatient)) {
      Deaf deaf = pastItsBound(stage);
      await().until(() -> Phone.connect(stage.client, stage.ada).next().hasReady());
      Close close = deaf.readToTheEnd();
      assertThat(close.getCode()).isEqualTo(CloseCode.CLOSE_CODE_TOO_SLOW);
    }
  }

  /** A client for which too much waits; nobody else notices. */
  private static Deaf pastItsBound(Stage stage) {
    Deaf deaf = Deaf.connect(stage.dial(), stage.ada, Stage.CHANNEL);
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    phone.focus(Phone.live(Stage.CHANNEL));
    phone.next();
    await().until(deaf::isFocused);
    for (int seq = 1; seq <= EVENTS; seq++) {
      stage.channels.post(Stage.CHANNEL, TEXT);
      phone.expectEvents(Stage.CHANNEL, seq, seq);
    }
    phone.expectAlive();
    return deaf;
  }

  private static ServerFrame next(BlockingQueue<ServerFrame> frames) throws InterruptedException {
    ServerFrame frame = frames.poll(20, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  private static Stage stage(ClientStreams.Writer writer, Map<String, String> more)
      throws IOException {
    var settings = new HashMap<>(more);
    settings.put("limits.max-pending-bytes", "65536");
    settings.put("delivery.writer", writer.name().toLowerCase(Locale.ROOT));
    settings.put("delivery.tick", "0ms");
    settings.put("delivery.flow-rate", "1000000");
    return Stage.with(settings);
  }
}
