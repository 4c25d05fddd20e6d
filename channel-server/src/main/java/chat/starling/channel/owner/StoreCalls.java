package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedBounds;
import chat.starling.platform.ids.FeedId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store for one feed, again and again until it answers, and answers on the feed's loop.
 */
final class StoreCalls {

  private static final Logger log = LoggerFactory.getLogger(StoreCalls.class);

  private final FeedId feed;
  private final Loop loop;
  private final FeedBounds bounds;
  private boolean ended;

  StoreCalls(FeedId feed, Loop loop, FeedBounds bounds) {
    this.feed = feed;
    this.loop = loop;
    this.bounds = bounds;
  }

  /** Asks until there is an answer; only what can be asked twice may be asked. */
  <T> void untilAnswered(
      String what, Supplier<? extends CompletionStage<T>> question, Consumer<? super T> answer) {
    ask(what, question, answer, 1);
  }

  /** Asks no more. */
  void end() {
    ended = true;
  }

  private <T> void ask(
      String what,
      Supplier<? extends CompletionStage<T>> question,
      Consumer<? super T> answer,
      int attempt) {
    if (ended) {
      return;
    }
    Runnable again = () -> ask(what, question, answer, attempt + 1);
    asked(question)
        .whenComplete((value, fault) ->
            loop.execute(
                fault == null
                    ? () -> answer.accept(value)
                    : () -> later(what, again, attempt, fault)));
  }

  private void later(String what, Runnable again, int attempt, Throwable fault) {
    // Told at the 1st, 2nd, 4th, 8th … failure: a store that is away for an hour fills no log.
    if (Integer.bitCount(attempt) == 1) {
      log.warn("{}: {} failed {} times: {}", feed, what, attempt, fault.toString());
    }
    loop.schedule(again, bounds.backoff(attempt));
  }

  /** The answer, or what the question threw as its fault. */
  static <T> CompletionStage<T> asked(Supplier<? extends CompletionStage<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
