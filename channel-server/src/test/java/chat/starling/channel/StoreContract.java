package chat.starling.channel;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What callers rely on in one port of the store, as tests that every implementation passes. Tests
 * share what an implementation holds; each takes ids of its own.
 *
 * @param <P> the port
 */
public abstract class StoreContract<P> {

  private static final AtomicLong IDS = new AtomicLong();

  /** The implementation. */
  protected abstract P store();

  /** Waits for the answer; throws what it failed with. */
  protected abstract <T> T answer(CompletionStage<T> question);

  /**
   * Lets the next change fail.
   *
   * @param done whether it is done all the same
   */
  protected abstract void failNextChange(boolean done);

  /** Waits for all answers, in the order of the questions. */
  protected final <T> List<T> answers(List<? extends CompletionStage<T>> questions) {
    return questions.stream().map(question -> answer(question)).toList();
  }

  /** An id that no test had before. */
  protected static long freshId() {
    return IDS.incrementAndGet();
  }
}
