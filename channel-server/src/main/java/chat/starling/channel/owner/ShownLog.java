package chat.starling.channel.owner;

import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.HotTail;
import chat.starling.channel.feed.LogReader;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.RecentMessages;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One feed's log as it may be shown to others: without the texts of deleted messages. */
record ShownLog(FeedId id, Feed feed, LogReader log, HistoryView view) {

  /**
   * The settled entries {@code first..last}, as {@link LogReader#settled} reads them, without what
   * is deleted now.
   */
  CompletionStage<List<FeedEntry>> read(long first, long last) {
    CompletionStage<List<FeedEntry>> found = log.settled(id, feed.starts(), first, last);
    if (id.kind() != FeedKind.CHANNEL) {
      return found;
    }
    List<FeedEntry> tail = tail();
    DeletedMessages deleted = new DeletedMessages(id.id(), view);
    return found.thenCompose(run -> deleted.without(run, tail));
  }

  /** The same run without what was deleted while it was read. */
  List<FeedEntry> asOfNow(List<FeedEntry> run) {
    if (feed.tail().lastDeletion() == 0) {
      return run;
    }
    Map<Long, Long> deleted = RecentMessages.deletedBy(tail());
    return run.stream().map(entry -> DeletedMessages.shown(entry, deleted)).toList();
  }

  private List<FeedEntry> tail() {
    HotTail tail = feed.tail();
    return tail.lastDeletion() == 0 ? List.of() : tail.slice(tail.first(), tail.next());
  }
}
