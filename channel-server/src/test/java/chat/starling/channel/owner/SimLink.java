package chat.starling.channel.owner;

import chat.starling.channel.ownership.Outcome;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between one process and the store: delay, loss, reordering, cuts, and changes that land
 * long after their sender was told that they failed.
 */
final class SimLink {

  private static final long TIMEOUT_MILLIS = 800;
  private static final int LATEST_MILLIS = 20_000;

  private final SimWorld world;
  private final SimProcess process;
  private double faults;
  private boolean cut;
  private boolean slow;
  private @Nullable Boolean failNext;

  SimLink(SimWorld world, SimProcess process, double faults) {
    this.world = world;
    this.process = process;
    this.faults = faults;
  }

  void faults(double part) {
    faults = part;
  }

  void cut(boolean off) {
    cut = off;
  }

  /** Whether half of all messages take up to 700 ms. */
  void slow(boolean sluggish) {
    slow = sluggish;
  }

  /** Lets the next change fail; it is done all the same, or never. */
  void failNextChange(boolean done) {
    failNext = done;
  }

  /** A read: answered late, or not at all. */
  <T> CompletionStage<T> answer(Supplier<T> question) {
    return fails() ? failed() : reach(question);
  }

  /** A read that reaches the store so many milliseconds later than others. */
  <T> CompletionStage<T> answerAfter(long millis, Supplier<T> question) {
    if (millis == 0) {
      return answer(question);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    process.after(
        millis,
        () ->
            answer(question)
                .whenComplete((value, fault) -> {
                  if (fault == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(fault);
                  }
                }));
    return answer;
  }

  Random random() {
    return world.random();
  }

  /** A write: done, not done and failed, or failed and done long after. */
  <T> CompletionStage<T> change(Supplier<T> effect) {
    Boolean failsNow = failNext;
    failNext = null;
    if (failsNow != null) {
      return failsNow ? reach(effect).thenCompose(done -> failed()) : failed();
    }
    if (!fails()) {
      return reach(effect);
    }
    landLater(effect);
    return failed();
  }

  /** A compare-and-set, whose outcome may be unknown. */
  <R> CompletionStage<Outcome<R>> compareAndSet(Supplier<Outcome<R>> effect) {
    return change(effect).exceptionally(fault -> new Outcome.Unknown<>());
  }

  private void landLater(Supplier<?> effect) {
    if (world.random().nextBoolean()) {
      world.after(
          world.random().nextInt(LATEST_MILLIS),
          () -> {
            var _ = effect.get();
          });
    }
  }

  /** Gets there and back unless the link is cut when it arrives or when it returns. */
  private <T> CompletionStage<T> reach(Supplier<T> effect) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.after(
        delay(),
        () -> {
          if (cut) {
            fail(answer);
            return;
          }
          T value = effect.get();
          if (cut) {
            fail(answer);
          } else {
            process.after(delay(), () -> answer.complete(value));
          }
        });
    return answer;
  }

  private <T> CompletionStage<T> failed() {
    CompletableFuture<T> answer = new CompletableFuture<>();
    fail(answer);
    return answer;
  }

  private void fail(CompletableFuture<?> answer) {
    process.after(
        world.random().nextBoolean() ? TIMEOUT_MILLIS : delay(),
        () -> answer.completeExceptionally(new IllegalStateException("store fault")));
  }

  private boolean fails() {
    return world.random().nextDouble() < faults;
  }

  private long delay() {
    int late = slow ? 2 : 40;
    return world.random().nextInt(world.random().nextInt(late) == 0 ? 700 : 8);
  }
}
