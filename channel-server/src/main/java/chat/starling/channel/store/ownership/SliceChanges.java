package chat.starling.channel.store.ownership;

import chat.starling.channel.ownership.Outcome;
import chat.starling.channel.ownership.ShardOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one slice's owners on their way to the store. One transaction is under way at a
 * time, since those on one partition would only wait for one another; what comes meanwhile goes
 * together in the next. Where one of them would be refused, each is put by itself, and so every
 * change has the outcome that it would have had alone. Safe for use by several threads.
 */
final class SliceChanges {

  /** A compare-and-set of one shard's row. */
  record Change(ShardOwner seen, ShardOwner next) {}

  private record Waiting(Change change, CompletableFuture<Outcome<ShardOwner>> answer) {}

  private final Function<Change, CompletionStage<Outcome<ShardOwner>>> one;
  private final Function<List<Change>, CompletionStage<Boolean>> together;
  private List<Waiting> waiting = new ArrayList<>();
  private boolean busy;

  /**
   * No changes yet.
   *
   * @param one puts a change by itself; never fails
   * @param together puts several; false when one was refused and nothing was done
   */
  SliceChanges(
      Function<Change, CompletionStage<Outcome<ShardOwner>>> one,
      Function<List<Change>, CompletionStage<Boolean>> together) {
    this.one = one;
    this.together = together;
  }

  /** Puts the change soon. Never fails. */
  CompletionStage<Outcome<ShardOwner>> add(Change change) {
    CompletableFuture<Outcome<ShardOwner>> answer = new CompletableFuture<>();
    synchronized (this) {
      waiting.add(new Waiting(change, answer));
    }
    proceed();
    return answer;
  }

  private void proceed() {
    List<Waiting> turn = take();
    if (turn.size() == 1) {
      alone(turn, 0);
    } else if (turn.size() > 1) {
      together
          .apply(turn.stream().map(Waiting::change).toList())
          .whenComplete((applied, fault) -> put(turn, fault == null ? applied : null));
    }
  }

  private synchronized List<Waiting> take() {
    if (busy || waiting.isEmpty()) {
      return List.of();
    }
    busy = true;
    List<Waiting> turn = waiting;
    waiting = new ArrayList<>();
    return turn;
  }

  /** Null stands for an outcome that nobody knows. */
  private void put(List<Waiting> turn, @Nullable Boolean applied) {
    if (applied == null) {
      turn.forEach(each -> each.answer().complete(new Outcome.Unknown<>()));
      done();
    } else if (applied) {
      turn.forEach(each -> each.answer().complete(new Outcome.Applied<>()));
      done();
    } else {
      alone(turn, 0);
    }
  }

  private void alone(List<Waiting> turn, int index) {
    if (index == turn.size()) {
      done();
      return;
    }
    Waiting next = turn.get(index);
    one.apply(next.change())
        .whenComplete((outcome, fault) -> {
          next.answer().complete(fault == null ? outcome : new Outcome.Unknown<>());
          alone(turn, index + 1);
        });
  }

  private void done() {
    synchronized (this) {
      busy = false;
    }
    proceed();
  }
}
