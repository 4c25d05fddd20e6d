package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.Deleted;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.RecentMessages;
import chat.starling.channel.history.TimeBucket;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Takes the texts of deleted messages out of what the log holds of a channel. The log keeps its
 * rows as they were written; what is deleted is known from the history view and, as far as that
 * lags, from memory.
 */
record DeletedMessages(long channelId, HistoryView view) {

  /**
   * The run as it may be shown.
   *
   * @param run out of the log, in rising seq
   * @param tail what memory held when the run was asked for, or before
   */
  CompletionStage<List<FeedEntry>> without(List<FeedEntry> run, List<FeedEntry> tail) {
    Map<Long, Long> deleted = new HashMap<>(RecentMessages.deletedBy(tail));
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (var day : days(run).entrySet()) {
      CompletionStage<List<Deleted>> found =
          view.deleted(channelId, day.getKey(), day.getValue().getMin(), day.getValue().getMax());
      all = all.thenCombine(found, (before, more) -> add(more, deleted));
    }
    return all.thenApply(done -> run.stream().map(entry -> shown(entry, deleted)).toList());
  }

  private static Map<Long, LongSummaryStatistics> days(List<FeedEntry> run) {
    return run.stream()
        .filter(FeedEntry::posts)
        .map(FeedEntry::messageId)
        .collect(
            Collectors.groupingBy(
                TimeBucket::of, TreeMap::new, Collectors.summarizingLong(id -> id)));
  }

  private static Void add(List<Deleted> found, Map<Long, Long> deleted) {
    found.forEach(each -> deleted.putIfAbsent(each.messageId(), each.deletedBy()));
    return null;
  }

  /** The entry as it is when these are deleted, by id, and by whom. */
  static FeedEntry shown(FeedEntry entry, Map<Long, Long> deleted) {
    Long by = deleted.get(entry.messageId());
    return by == null ? entry : entry.without(by);
  }
}
