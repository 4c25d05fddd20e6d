package chat.starling.bench.permission;

import chat.starling.gateway.delivery.Outflow;
import chat.starling.gateway.delivery.Trunk;

/** A connection that takes everything and keeps nothing. */
final class Sink implements Trunk {

  private long written;

  /** Messages so far. */
  long written() {
    return written;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public boolean hasWindow() {
    return true;
  }

  @Override
  public void whenRoom(Outflow waiting) {
    waiting.flush();
  }

  @Override
  public void write(int stream, byte[] wire) {
    written++;
  }
}
