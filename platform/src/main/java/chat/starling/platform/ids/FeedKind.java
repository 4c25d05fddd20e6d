package chat.starling.platform.ids;

/** The three kinds of feed. The code is what the store holds and never changes. */
public enum FeedKind {
  CHANNEL(1),
  WORKSPACE(2),
  USER(3);

  private final int code;

  FeedKind(int code) {
    this.code = code;
  }

  /** The number by which the store and the wire know this kind. */
  public int code() {
    return code;
  }

  /**
   * The kind with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FeedKind of(int code) {
    for (FeedKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("feed kind: " + code + " (expected: 1..3)");
  }
}
