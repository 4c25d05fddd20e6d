package chat.starling.gateway.delivery;

import chat.starling.api.v1.ServerFrame;

/** A message that is for one session only, and that it gets however slow it is. */
public final class Answer implements Cargo {

  private final byte[] wire;

  /** The message that carries this frame. */
  public Answer(ServerFrame frame) {
    this.wire = Parcel.wire(frame.toByteString());
  }

  @Override
  public byte[] wire() {
    return wire;
  }
}
