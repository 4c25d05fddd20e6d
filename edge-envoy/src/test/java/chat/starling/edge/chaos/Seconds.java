package chat.starling.edge.chaos;

/** Milliseconds as people read them. */
final class Seconds {

  private Seconds() {}

  /** For example {@code 2.914 s}. */
  static String of(long millis) {
    return "%d.%03d s".formatted(millis / 1000, millis % 1000);
  }

  /** Minutes and seconds, for example {@code 03:42}. */
  static String clock(long millis) {
    return "%02d:%02d".formatted(millis / 60_000, millis / 1000 % 60);
  }
}
