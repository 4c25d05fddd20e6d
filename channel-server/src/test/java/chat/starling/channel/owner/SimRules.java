package chat.starling.channel.owner;

import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.channel.ownership.OwnershipDoubles;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The rules of the protocol that a simulated cluster keeps: all of them, or all but one, to show
 * that its invariants find what they are there for.
 */
class SimRules {

  /** Every rule kept. */
  static final SimRules KEPT = new SimRules();

  static final int SHARDS = 4;

  /** Who makes the machines of ownership. */
  OwnershipDriver.Machines machines() {
    return OwnershipDoubles.kept(SHARDS);
  }

  /** What feeds are told of the lease. */
  BooleanSupplier lease(BooleanSupplier truth) {
    return truth;
  }

  /** Whether the start of an epoch is written without a look at what is there. */
  boolean plainStarts() {
    return false;
  }

  /**
   * A feed's starts are being read, which is the first read of a recovery.
   *
   * @param marks what {@link #marks} made for the same server
   */
  void startsAsked(OpenMarks marks, FeedId feed, SimDatabase database) {}

  /** For how long the answer to that read is on its way beside all else, in milliseconds. */
  long delayOfStarts(Random random) {
    return 0;
  }

  /** The marks as feeds see them. */
  OpenMarks marks(OpenMarks kept, SimDatabase database) {
    return kept;
  }

  /** A shard is claimed without its former owner's incarnation being over. */
  static final class NoFencing extends SimRules {
    @Override
    OwnershipDriver.Machines machines() {
      return OwnershipDoubles.withoutFencing(SHARDS);
    }
  }

  /** The lease counts from the answer to its renewal. */
  static final class LeaseFromAnswer extends SimRules {
    @Override
    OwnershipDriver.Machines machines() {
      return OwnershipDoubles.leaseFromAnswer(SHARDS);
    }
  }

  /** The watch period is no longer than the lease. */
  static final class ShortWatch extends SimRules {
    @Override
    OwnershipDriver.Machines machines() {
      return OwnershipDoubles.shortWatch(SHARDS);
    }
  }

  /** Nobody looks at the lease after the store's answer. */
  static final class NoLeaseCheck extends SimRules {
    @Override
    BooleanSupplier lease(BooleanSupplier truth) {
      return () -> true;
    }
  }

  /** The start of an epoch is a plain write. */
  static final class PlainStarts extends SimRules {
    @Override
    boolean plainStarts() {
      return true;
    }
  }

  /** Rows are sent before the mark is durable. */
  static final class RowsBeforeMark extends SimRules {
    @Override
    OpenMarks marks(OpenMarks kept, SimDatabase database) {
      return new Marks(kept) {
        @Override
        public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
          var _ = super.put(feed, mark, stamp);
          return CompletableFuture.completedStage(null);
        }
      };
    }
  }

  /** All epochs share one mark, and the last write of it stays. */
  static final class SharedMark extends SimRules {
    private static final long SHARED = 1;
    private final Map<FeedId, Long> arrivals = new HashMap<>();

    @Override
    OpenMarks marks(OpenMarks kept, SimDatabase database) {
      return new Marks(kept) {
        @Override
        public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
          return super.put(
              feed,
              new OpenMark(SHARED, mark.historySeq(), mark.outboxSeq()),
              arrivals.merge(feed, 1L, Long::sum));
        }

        @Override
        public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
          return super.delete(feed, SHARED, arrivals.merge(feed, 1L, Long::sum));
        }
      };
    }
  }

  /** The marks are read before the log. */
  static final class MarksFirst extends SimRules {

    @Override
    void startsAsked(OpenMarks marks, FeedId feed, SimDatabase database) {
      ((Early) marks).seen.put(feed, database.marks(feed));
    }

    /** Gives the predecessor time to open the feed and to write in between. */
    @Override
    long delayOfStarts(Random random) {
      return random.nextInt(3_000);
    }

    @Override
    OpenMarks marks(OpenMarks kept, SimDatabase database) {
      return new Early(kept);
    }

    private static final class Early extends Marks {
      private final Map<FeedId, List<OpenMark>> seen = new HashMap<>();

      Early(OpenMarks kept) {
        super(kept);
      }

      @Override
      public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
        List<OpenMark> early = seen.remove(feed);
        return super.ofFeed(feed).thenApply(late -> early == null ? late : early);
      }
    }
  }

  /** Marks that pass everything on. */
  private static class Marks implements OpenMarks {
    private final OpenMarks kept;

    Marks(OpenMarks kept) {
      this.kept = kept;
    }

    @Override
    public CompletionStage<List<OpenMark>> ofFeed(FeedId feed) {
      return kept.ofFeed(feed);
    }

    @Override
    public CompletionStage<List<FeedId>> ofShard(Shard shard) {
      return kept.ofShard(shard);
    }

    @Override
    public CompletionStage<Void> put(FeedId feed, OpenMark mark, long stamp) {
      return kept.put(feed, mark, stamp);
    }

    @Override
    public CompletionStage<Void> delete(FeedId feed, long epoch, long stamp) {
      return kept.delete(feed, epoch, stamp);
    }
  }
}
