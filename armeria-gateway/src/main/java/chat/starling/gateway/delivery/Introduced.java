package chat.starling.gateway.delivery;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last users who were introduced to a channel's viewers, in the order in which that was done:
 * whoever joins those who are written to together must know them too.
 */
final class Introduced {

  /** A power of two. */
  static final int KEPT = 64;

  private final @Nullable Introduction[] last = new Introduction[KEPT];
  private int count;

  /** How many there have been. */
  int count() {
    return count;
  }

  /** Adds one, in the place of what was told of the user before; false when it is the same. */
  boolean add(Introduction one) {
    for (int i = count - 1; i >= first(0); i--) {
      Introduction earlier = at(i);
      if (earlier != null && Introduction.ofSameUser(earlier.mark(), one.mark())) {
        if (earlier.mark() == one.mark()) {
          return false;
        }
        forget(i);
      }
    }
    last[count & (KEPT - 1)] = one;
    count++;
    return true;
  }

  /** Those that are kept, after the first so many of all. */
  void after(int seen, Consumer<Introduction> action) {
    for (int i = first(seen); i < count; i++) {
      Introduction one = at(i);
      if (one != null) {
        action.accept(one);
      }
    }
  }

  /** Somebody was told otherwise: all are told again when the user writes next. */
  void forget(Introduction one) {
    for (int i = first(0); i < count; i++) {
      if (one.equals(at(i))) {
        forget(i);
      }
    }
  }

  private void forget(int number) {
    last[number & (KEPT - 1)] = null;
  }

  private int first(int seen) {
    return Math.max(seen, count - KEPT);
  }

  private @Nullable Introduction at(int number) {
    return last[number & (KEPT - 1)];
  }
}
