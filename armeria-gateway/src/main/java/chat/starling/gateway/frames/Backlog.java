package chat.starling.gateway.frames;

/**
 * Bytes that were handed to a channel and have not left it. It is full from a bound on until half
 * of that has left. Confined to its event loop.
 */
final class Backlog {

  private final int most;
  private int bytes;
  private boolean full;

  /**
   * @param most bytes with which it is full
   */
  Backlog(int most) {
    this.most = most;
  }

  boolean isFull() {
    return full;
  }

  void added(int count) {
    bytes += count;
    full |= bytes >= most;
  }

  /** Bytes have left, or never will; true when it was full and is not any more. */
  boolean left(int count) {
    bytes -= count;
    boolean opens = full && bytes <= most / 2;
    full &= !opens;
    return opens;
  }
}
