package chat.starling.gateway.moderation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a pattern grows when its repetitions are written out, reckoned from its text: nine
 * characters more make it a thousand times as large, so it must be known before it is compiled.
 * What is no right pattern has some size too.
 */
final class PatternSize {

  private static final long ENDLESS = Long.MAX_VALUE / 4;

  private final String pattern;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long size;
  private long last;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** Characters, classes, groups and repetitions, at most; many are as good as any more. */
  static long of(String pattern) {
    PatternSize reading = new PatternSize(pattern);
    while (reading.at < pattern.length()) {
      reading.next();
    }
    return reading.outer.stream().reduce(reading.size, (one, other) -> bounded(one + other));
  }

  private void next() {
    switch (pattern.charAt(at++)) {
      case '(' -> {
        outer.push(size);
        size = 0;
        last = 0;
      }
      case ')' -> close();
      case '[' -> {
        skipClass();
        one();
      }
      case '\\' -> escape();
      case '{' -> repeat();
      case '*', '+', '?' -> {
        last = bounded(last + 1);
        size = bounded(size + 1);
      }
      default -> one();
    }
  }

  private void one() {
    last = 1;
    size = bounded(size + 1);
  }

  private void close() {
    last = bounded(size + 1);
    size = bounded(last + (outer.isEmpty() ? 0 : outer.pop()));
  }

  /** Ending a class too early, as at the first bracket of {@code []a]}, makes it no smaller. */
  private void skipClass() {
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void escape() {
    char escaped = at < pattern.length() ? pattern.charAt(at) : ' ';
    at++;
    if (escaped == 'Q') {
      // Brackets that are quoted would be taken for groups.
      size = ENDLESS;
    } else if ("pPx".indexOf(escaped) >= 0 && at < pattern.length() && pattern.charAt(at) == '{') {
      at = Math.max(at, pattern.indexOf('}', at)) + 1;
    }
    one();
  }

  private void repeat() {
    int end = pattern.indexOf('}', at);
    long times = end < 0 ? -1 : times(pattern.substring(at, end));
    if (times < 0) {
      one();
      return;
    }
    at = end + 1;
    long all = last > ENDLESS / Math.max(1, times) ? ENDLESS : last * Math.max(1, times);
    size = bounded(size - last + all);
    last = all;
  }

  /** The larger number in what stands between braces; -1 when it is no repetition. */
  private static long times(String inner) {
    if (!inner.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
      return -1;
    }
    int comma = inner.indexOf(',');
    long least = Long.parseLong(comma < 0 ? inner : inner.substring(0, comma));
    boolean open = comma < 0 || comma == inner.length() - 1;
    return open ? least : Math.max(least, Long.parseLong(inner.substring(comma + 1)));
  }

  private static long bounded(long number) {
    return Math.min(ENDLESS, number);
  }
}
