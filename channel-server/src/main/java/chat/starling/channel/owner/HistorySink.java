package chat.starling.channel.owner;

import chat.starling.api.v1.MessageDeleted;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.history.TimeBucket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings a channel's messages to the history view, those of one partition in one write, and takes
 * away there what is deleted.
 */
final class HistorySink implements EventSink {

  private final long channelId;
  private final HistoryView view;
  private final DeletionAudit audit;
  private long openBucket = -1;

  HistorySink(long channelId, HistoryView view, DeletionAudit audit) {
    this.channelId = channelId;
    this.view = view;
    this.audit = audit;
  }

  @Override
  public CompletionStage<Void> take(List<FeedEntry> run) {
    FeedEntry first = run.getFirst();
    int end = first.posts() ? endOfBatch(run) : 1;
    List<FeedEntry> batch = run.subList(0, end);
    List<FeedEntry> rest = run.subList(end, run.size());
    CompletionStage<Void> done;
    if (first.posts()) {
      done = write(bucketOf(first), batch);
    } else {
      done = first.isDeletion() ? delete(first.deletion()) : nothing();
    }
    return rest.isEmpty() ? done : done.thenCompose(before -> take(rest));
  }

  private static int endOfBatch(List<FeedEntry> run) {
    long bucket = bucketOf(run.getFirst());
    int end = 1;
    while (end < run.size() && run.get(end).posts() && bucketOf(run.get(end)) == bucket) {
      end++;
    }
    return end;
  }

  private CompletionStage<Void> write(long bucket, List<FeedEntry> batch) {
    List<StoredMessage> messages = batch.stream().map(StoredMessage::of).toList();
    return opened(bucket).thenCompose(done -> view.write(channelId, bucket, messages));
  }

  private CompletionStage<Void> delete(MessageDeleted deletion) {
    return view.delete(
            channelId,
            TimeBucket.of(deletion.getMessageId()),
            StoredMessage.of(channelId, deletion),
            deletion.getDeletedBy())
        .thenCompose(done -> audit.note(channelId, deletion));
  }

  private CompletionStage<Void> opened(long bucket) {
    if (bucket == openBucket) {
      return nothing();
    }
    return view.open(channelId, bucket).thenAccept(done -> openBucket = bucket);
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  private static long bucketOf(FeedEntry entry) {
    return TimeBucket.of(entry.messageId());
  }
}
