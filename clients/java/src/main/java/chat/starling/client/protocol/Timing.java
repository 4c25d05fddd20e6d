package chat.starling.client.protocol;

/** How long a client waits for what, in milliseconds. */
final class Timing {
  /** For the answer to a frame before it is sent again. */
  static final long ANSWER_MILLIS = 10_000;

  /** For Ready after an attempt to connect began. */
  static final long HANDSHAKE_MILLIS = 15_000;

  /** A session that stood this long makes the next attempt the first again. */
  static final long STABLE_MILLIS = 10_000;

  /**
   * A message is tried again for this long after its first try. It must be less than the 5 minutes
   * for which the server knows a nonce: later, a try might post the message twice.
   */
  static final long PATIENCE_MILLIS = 240_000;

  /** "Now" is spread over this time, since many clients may be told it at once. */
  static final long NOW_JITTER_MILLIS = 250;

  static final long FIRST_DELAY_MILLIS = 500;
  static final long LONGEST_DELAY_MILLIS = 30_000;

  private Timing() {}
}
