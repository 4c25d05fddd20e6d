package chat.starling.channel.owner;

import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.channel.history.Deleted;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The store of feeds as one process in a simulated world sees it: it answers late, fails, does what
 * it said had failed, and lets writes land long after their writer is gone.
 */
final class SimStores implements FeedLog, FeedEpochs, HistoryView {

  private final SimDatabase database;
  private final SimLink link;
  private final SimLink kafka;
  private final SimRules rules;
  private final OpenMarks marks;

  SimStores(SimDatabase database, SimLink link, SimLink kafka, SimRules rules) {
    this.database = database;
    this.link = link;
    this.kafka = kafka;
    this.rules = rules;
    this.marks = rules.marks(plainMarks(), database);
  }

  /** The store of a world that has only one process. */
  SimStores(SimWorld world, double faults) {
    this(
        new SimDatabase(),
        new SimLink(world, new SimProcess(world), faults),
        new SimLink(world, new SimProcess(world), faults),
        SimRules.KEPT);
  }

  FeedStores asStores() {
    return new FeedStores(this, this, heads(), marks, this, workspaces(), outbox());
  }

  void failNextChange(boolean done) {
    link.failNextChange(done);
  }

  @Override
  public CompletionStage<Void> write(FeedId feed, List<LogRow> rows) {
    return done(() -> rows.forEach(row -> database.putRow(feed, row)));
  }

  @Override
  public CompletionStage<List<LogRow>> read(FeedId feed, long fromSeq, long fromEpoch, int limit) {
    return link.answer(() -> database.rows(feed, fromSeq, fromEpoch, limit));
  }

  @Override
  public CompletionStage<EpochStarts> read(FeedId feed) {
    rules.startsAsked(marks, feed, database);
    return link.answerAfter(rules.delayOfStarts(link.random()), () -> database.starts(feed));
  }

  @Override
  public CompletionStage<EpochStarts> replace(FeedId feed, EpochStarts seen, EpochStarts next) {
    return link.change(() -> {
      if (rules.plainStarts() || database.starts(feed).version() == seen.version()) {
        database.putStarts(feed, next);
      }
      return database.starts(feed);
    });
  }

  @Override
  public CompletionStage<Void> open(long channelId, long bucket) {
    return done(() -> database.buckets(channelId).add(bucket));
  }

  @Override
  public CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages) {
    return done(() -> database.putMessages(channelId, bucket, messages));
  }

  @Override
  public CompletionStage<Void> delete(
      long channelId, long bucket, StoredMessage tombstone, long deletedBy) {
    return done(() -> database.deleteMessage(channelId, bucket, tombstone, deletedBy));
  }

  @Override
  public CompletionStage<List<Deleted>> deleted(long channelId, long bucket, long from, long last) {
    return link.answer(() ->
        database.messages(channelId, bucket).subMap(from, true, last, true).values().stream()
            .map(StoredMessage::messageId)
            .filter(id -> database.deletedBy(id) != 0)
            .map(id -> new Deleted(id, database.deletedBy(id)))
            .toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsBackward(long channelId, long from, int limit) {
    return link.answer(() ->
        database.buckets(channelId).headSet(from, true).descendingSet().stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<Long>> bucketsForward(long channelId, long from, int limit) {
    return link.answer(
        () -> database.buckets(channelId).tailSet(from, true).stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> below(
      long channelId, long bucket, long id, int limit) {
    return link.answer(() ->
        database.messages(channelId, bucket).headMap(id, false).descendingMap().values().stream()
            .limit(limit)
            .map(database::shown)
            .toList());
  }

  @Override
  public CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit) {
    return link.answer(() ->
        database.messages(channelId, bucket).subMap(from, true, end, false).values().stream()
            .limit(limit)
            .map(database::shown)
            .toList());
  }

  private WorkspaceStore workspaces() {
    return new SimWorkspaces(database, link);
  }

  private FeedHeads heads() {
    return new FeedHeads() {
      @Override
      public CompletionStage<FeedHead> read(FeedId feed) {
        return link.answer(() -> database.head(feed));
      }

      @Override
      public CompletionStage<Void> write(FeedId feed, FeedHead next) {
        return done(() -> database.raiseHead(feed, next));
      }
    };
  }

  private OpenMarks plainMarks() {
    return new OpenMarks() {
      @Override
      public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
        return link.answer(() -> database.marks(feed));
      }

      @Override
      public CompletionStage<List<FeedId>> ofShard(Shard shard) {
        return link.answer(() -> database.marks().ofShard(shard).toCompletableFuture().join());
      }

      @Override
      public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
        return done(() -> {
          var _ = database.marks().put(feed, mark, stamp);
          database.changed(feed);
        });
      }

      @Override
      public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
        return done(() -> {
          var _ = database.marks().delete(feed, epoch, stamp);
          database.changed(feed);
        });
      }
    };
  }

  /** A run may arrive in part when its answer fails. */
  private FeedOutbox outbox() {
    return (feed, run) -> {
      List<FeedEntry> whole = List.copyOf(run);
      return kafka
          .change(() -> {
            database.published(feed).addAll(whole);
            database.changed(feed);
            return whole;
          })
          .thenAccept(sent -> {});
    };
  }

  private CompletionStage<Void> done(Runnable effect) {
    return link.change(
            () -> {
              effect.run();
              return true;
            })
        .thenAccept(done -> {});
  }
}
