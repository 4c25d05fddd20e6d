package chat.starling.channel.history;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts pages of a channel's history together. Safe for use by several threads. */
public final class HistoryReader {

  /** An answer of this size and its frame are well within the 4 MiB that gRPC clients take. */
  private static final int MAX_PAGE_BYTES = 3 << 20;

  private final SharedReads view;

  /**
   * A reader of this view.
   *
   * @param clock says for how long an answer of the view may serve others
   */
  public HistoryReader(HistoryView view, InstantSource clock) {
    this.view = new SharedReads(new ViewReader(view)::read, clock);
  }

  /**
   * The page at a position. It is shorter than asked for when its messages would be more than 3
   * MiB: what is then missing is farthest from the position, and the page says that it is there.
   *
   * @param limit 1 or more
   * @param recent the newest messages as they were when the page was asked for
   */
  public CompletionStage<HistoryPage> page(
      long channelId, Position position, int limit, RecentMessages recent) {
    Source source = new Source(channelId, recent);
    return switch (position) {
      case Position.Newest() -> before(source, Long.MAX_VALUE, limit);
      case Position.Before(long id) -> before(source, id, limit);
      case Position.After(long id) ->
          id == Long.MAX_VALUE ? around(source, id, 0, 0) : around(source, id + 1, 0, limit);
      case Position.Around(long id) -> around(source, id, limit / 2, limit - limit / 2);
    };
  }

  private CompletionStage<HistoryPage> before(Source source, long id, int limit) {
    return around(source, id, limit, 0);
  }

  /** The page of {@code older} messages below the id and {@code newer} ones from it on. */
  private static CompletionStage<HistoryPage> around(Source source, long id, int older, int newer) {
    return source
        .below(id, older + 1)
        .thenCombine(
            newer == 0 ? source.anyFrom(id) : source.from(id, newer + 1),
            (below, from) -> PageCut.of(below, older, from, newer, MAX_PAGE_BYTES));
  }

  /** One channel's messages, wherever they are at this moment. */
  private final class Source {
    private final long channelId;
    private final RecentMessages recent;

    Source(long channelId, RecentMessages recent) {
      this.channelId = channelId;
      this.recent = recent;
    }

    /** Up to {@code limit} messages with ids below this one, newest first. */
    CompletionStage<List<StoredMessage>> below(long id, int limit) {
      List<StoredMessage> found = recent.below(id, limit);
      int missing = limit - found.size();
      if (missing == 0 || recent.whole()) {
        return CompletableFuture.completedStage(found);
      }
      long bound = Math.min(id, recent.begin());
      return view.read(new ViewRun.Below(channelId, bound, missing, recent.state()))
          .thenApply(stored -> joined(found, recent.shown(stored)));
    }

    /** Up to {@code limit} messages with ids from this one on, oldest first. */
    CompletionStage<List<StoredMessage>> from(long id, int limit) {
      if (id >= recent.begin() || recent.whole()) {
        return CompletableFuture.completedStage(recent.from(id, limit));
      }
      return view.read(new ViewRun.Between(channelId, id, recent.begin(), limit, recent.state()))
          .thenApply(
              stored -> joined(recent.shown(stored), recent.from(id, limit - stored.size())));
    }

    /** One message from this id on if there is any: of the newest, memory knows without a query. */
    CompletionStage<List<StoredMessage>> anyFrom(long id) {
      List<StoredMessage> newest = recent.below(Long.MAX_VALUE, 1);
      if (newest.isEmpty()) {
        return from(id, 1);
      }
      return CompletableFuture.completedStage(
          newest.getFirst().messageId() < id ? List.of() : newest);
    }

    private static List<StoredMessage> joined(List<StoredMessage> first, List<StoredMessage> then) {
      List<StoredMessage> all = new ArrayList<>(first);
      all.addAll(then);
      return all;
    }
  }
}
