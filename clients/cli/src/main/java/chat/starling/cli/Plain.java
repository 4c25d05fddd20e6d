package chat.starling.cli;

/** Text of other people, made safe to print: nothing in it can steer the terminal. */
final class Plain {
  private Plain() {}

  /** Keeps line breaks; every other control character becomes a visible stand-in. */
  static String text(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n') {
            safe.append('\n');
          } else if (c == '\t') {
            safe.append("    ");
          } else if (steers(c)) {
            safe.append('\uFFFD');
          } else {
            safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }

  /** The same, on one line. */
  static String line(String text) {
    return text(text).replace('\n', ' ').strip();
  }

  private static boolean steers(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
