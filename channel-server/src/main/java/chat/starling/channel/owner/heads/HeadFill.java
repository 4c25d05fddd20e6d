package chat.starling.channel.owner.heads;

import chat.starling.channel.heads.HeadBoard;
import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.owner.Loop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads the heads of a workspace's channels from the store onto a board: slice after slice of the
 * list of channels, and the heads of a few channels at a time.
 */
final class HeadFill {

  private static final int PAGE = 500;
  private static final int AT_A_TIME = 16;

  private final long workspaceId;
  private final HeadBoard board;
  private final StoredHeads store;
  private final Loop loop;
  private final Consumer<Boolean> finished;

  /**
   * @param finished is told on the loop whether all was read
   */
  HeadFill(
      long workspaceId, HeadBoard board, StoredHeads store, Loop loop, Consumer<Boolean> finished) {
    this.workspaceId = workspaceId;
    this.board = board;
    this.store = store;
    this.loop = loop;
    this.finished = finished;
  }

  /** Begins; once. */
  void start() {
    page(0, 0);
  }

  private void page(int slice, long after) {
    if (slice == StoredHeads.SLICES || board.isFull()) {
      finished.accept(true);
      return;
    }
    then(store.channels(workspaceId, slice, after, PAGE), channels -> heads(channels, 0, slice));
  }

  private void heads(List<Long> channels, int from, int slice) {
    if (from >= channels.size()) {
      boolean last = channels.size() < PAGE;
      page(last ? slice + 1 : slice, last ? 0 : channels.getLast());
      return;
    }
    int end = Math.min(channels.size(), from + AT_A_TIME);
    var reads =
        channels.subList(from, end).stream()
            .map(channel -> store.head(channel).toCompletableFuture())
            .toList();
    then(
        CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new)),
        done -> {
          reads.forEach(read -> board.learn(read.join()));
          heads(channels, end, slice);
        });
  }

  private <T> void then(CompletionStage<T> read, Consumer<T> next) {
    read.whenComplete((value, fault) ->
        loop.execute(() -> {
          if (fault == null) {
            next.accept(value);
          } else {
            finished.accept(false);
          }
        }));
  }
}
