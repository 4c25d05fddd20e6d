package chat.starling.client;

/**
 * The clock of the client: milliseconds that only rise, from an arbitrary start. The only one it
 * reads.
 */
final class MonotonicTime {
  private MonotonicTime() {}

  static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
