package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.history.TimeBucket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings a channel's messages to the history view, those of one partition in one write. */
final class HistorySink implements EventSink {

  private final long channelId;
  private final HistoryView view;
  private long openBucket = -1;

  HistorySink(long channelId, HistoryView view) {
    this.channelId = channelId;
    this.view = view;
  }

  @Override
  public CompletionStage<Void> take(List<FeedEntry> run) {
    long bucket = bucketOf(run.getFirst());
    int end = 1;
    while (end < run.size() && bucketOf(run.get(end)) == bucket) {
      end++;
    }
    List<StoredMessage> messages = run.subList(0, end).stream().map(StoredMessage::of).toList();
    List<FeedEntry> rest = run.subList(end, run.size());
    CompletionStage<Void> written =
        opened(bucket).thenCompose(done -> view.write(channelId, bucket, messages));
    return rest.isEmpty() ? written : written.thenCompose(done -> take(rest));
  }

  private CompletionStage<Void> opened(long bucket) {
    if (bucket == openBucket) {
      return CompletableFuture.completedStage(null);
    }
    return view.open(channelId, bucket).thenAccept(done -> openBucket = bucket);
  }

  private static long bucketOf(FeedEntry entry) {
    return TimeBucket.of(entry.messageId());
  }
}
