package chat.starling.gateway.delivery;

import chat.starling.api.v1.ServerFrame;

/** A frame other than an event: it is sent however slow the client is. May be shared by many. */
public final class Notice implements Cargo {

  private final byte[] wire;

  /** The message that carries this frame. */
  public Notice(ServerFrame frame) {
    this.wire = Parcel.wire(frame.toByteString());
  }

  @Override
  public byte[] wire() {
    return wire;
  }
}
