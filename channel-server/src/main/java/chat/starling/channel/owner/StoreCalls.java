package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedBounds;
import chat.starling.platform.ids.FeedId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the store for one feed, again and again until it answers, and answers on the feed's loop. */
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
    if (!ended) {
      asked(question)
          .whenComplete(
              (value, fault) ->
                  loop.execute(
                      () -> {
                        if (fault == null) {
                          answer.accept(value);
                        } else {
                          Duration pause = bounds.backoff(attempt);
                          log.warn("{}: {} failed, again in {}: {}", feed, what, pause, fault.toString());
                          loop.schedule(() -> ask(what, question, answer, attempt + 1), pause);
                        }
                      }));
    }
  }

  private static <T> CompletionStage<T> asked(Supplier<? extends CompletionStage<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
