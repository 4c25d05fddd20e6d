package chat.starling.channel;

import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.MemoryOpenMarks;
import chat.starling.channel.history.Deleted;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.owner.FeedStores;
import chat.starling.channel.workspace.MemoryWorkspaces;
import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An empty store that takes everything and answers no write of a row until it is released. */
final class HeldStores {

  private final CompletableFuture<Void> written = new CompletableFuture<>();

  FeedStores asStores() {
    return new FeedStores(
        log(),
        new Epochs(),
        heads(),
        new MemoryOpenMarks(),
        new View(),
        new MemoryWorkspaces(),
        FeedOutbox.NONE);
  }

  /** Answers all writes of rows, those to come included. */
  void release() {
    written.complete(null);
  }

  private FeedLog log() {
    return new FeedLog() {
      @Override
      public CompletionStage<Void> write(FeedId feed, List<LogRow> rows) {
        return written;
      }

      @Override
      public CompletionStage<List<LogRow>> read(FeedId feed, long seq, long epoch, int limit) {
        return CompletableFuture.completedStage(List.of());
      }
    };
  }

  private static FeedHeads heads() {
    return new FeedHeads() {
      @Override
      public CompletionStage<FeedHead> read(FeedId feed) {
        return CompletableFuture.completedStage(FeedHead.NONE);
      }

      @Override
      public CompletionStage<Void> write(FeedId feed, FeedHead head) {
        return CompletableFuture.completedStage(null);
      }
    };
  }

  private static final class Epochs implements FeedEpochs {
    @Override
    public CompletionStage<EpochStarts> read(FeedId feed) {
      return CompletableFuture.completedStage(EpochStarts.NONE);
    }

    @Override
    public CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next) {
      return CompletableFuture.completedStage(next);
    }
  }

  private static final class View implements HistoryView {
    @Override
    public CompletionStage<Void> open(long channel, long bucket) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> write(long channel, long bucket, List<StoredMessage> messages) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> delete(long channel, long bucket, StoredMessage gone, long by) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<List<Deleted>> deleted(long channel, long bucket, long from, long last) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<Long>> bucketsBackward(long channel, long from, int limit) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<Long>> bucketsForward(long channel, long from, int limit) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<StoredMessage>> below(long channel, long bucket, long id, int n) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<List<StoredMessage>> between(
        long channel, long bucket, long from, long end, int limit) {
      return CompletableFuture.completedStage(List.of());
    }
  }
}
