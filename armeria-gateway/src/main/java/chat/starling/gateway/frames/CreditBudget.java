package chat.starling.gateway.frames;

/**
 * How much of a connection's window its streams may set aside together. A client opens the window
 * again when it has read some share of it, usually half, so what idle streams keep back must stay
 * well below that: else the others wait for a client that waits for them. Confined to its event
 * loop.
 */
final class CreditBudget {

  /** Credit that a stream takes at a time while there is plenty: all of a usual stream's window. */
  private static final int MOST_AT_A_TIME = 64 * 1024;

  /** The part of the window that may lie with streams that have nothing to send. */
  private static final int PART = 3;

  private int setAside;

  /** The connection's window when nothing is under way, as far as it was seen; it never shrinks. */
  private int largest;

  /** Bytes that streams have set aside and not used. */
  int setAside() {
    return setAside;
  }

  /** A stream got so many bytes. */
  void granted(int bytes) {
    setAside += bytes;
  }

  /** So many of them were sent by, or given back. */
  void used(int bytes) {
    setAside -= bytes;
  }

  /**
   * How much a stream is to ask for at most.
   *
   * @param needed what it will send at once
   * @param window what nobody has set aside
   * @param streams that are likely to ask for more soon
   * @return what is needed, or more if that leaves enough to the others
   */
  int ask(int needed, int window, int streams) {
    largest = Math.max(largest, window + setAside);
    int budget = largest / PART;
    int share = Math.min(MOST_AT_A_TIME, budget / Math.max(1, streams));
    return setAside + share <= budget ? Math.max(needed, share) : needed;
  }
}
