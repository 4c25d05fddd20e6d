package chat.starling.bench.drain;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The line that an event crosses when the last stream of the last thread has it. Safe for use by
 * the threads that count.
 */
final class Finish {

  /** Events on their way at most; a power of two. */
  static final int WINDOW = 65_536;

  private final AtomicIntegerArray passed = new AtomicIntegerArray(WINDOW);
  private final AtomicLong seen = new AtomicLong();
  private final int loops;
  private final LongConsumer onSeen;

  /**
   * @param loops threads that have streams
   * @param onSeen told the highest seq that every stream has, whenever it has risen
   */
  Finish(int loops, LongConsumer onSeen) {
    this.loops = loops;
    this.onSeen = onSeen;
  }

  /** All streams of one thread have the event; true when they were the last. */
  boolean pass(long seq) {
    int slot = (int) seq & WINDOW - 1;
    if (passed.incrementAndGet(slot) < loops) {
      return false;
    }
    passed.set(slot, 0);
    seen.accumulateAndGet(seq, Math::max);
    return true;
  }

  void tell() {
    onSeen.accept(seen.get());
  }

  long seen() {
    return seen.get();
  }
}
