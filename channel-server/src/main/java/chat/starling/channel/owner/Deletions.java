package chat.starling.channel.owner;

import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.Deletion;
import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.HotTail;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.history.RecentMessages;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.history.TimeBucket;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deletes messages of one feed, each once. Confined to the feed's loop. */
final class Deletions {

  private final FeedId id;
  private final Feed feed;
  private final HistoryView view;
  private final Loop loop;
  private final Map<Long, CompletableFuture<Long>> underWay = new HashMap<>();

  Deletions(FeedId id, Feed feed, HistoryView view, Loop loop) {
    this.id = id;
    this.feed = feed;
    this.view = view;
    this.loop = loop;
  }

  /** Deletes a message of the feed, which may be shown; see {@link FeedOwner#delete}. */
  CompletionStage<Long> delete(DeleteMessageRequest request, String traceparent) {
    return find(request.getMessageId())
        .thenComposeAsync(
            found ->
                found
                    .map(message -> delete(message, request, traceparent))
                    .orElseGet(() -> CompletableFuture.failedFuture(notFound(request))),
            loop::execute);
  }

  /** The message as memory or, where it is older, the history view has it. */
  private CompletionStage<Optional<Message>> find(long messageId) {
    HotTail tail = feed.tail();
    List<FeedEntry> recent = tail.slice(tail.first(), tail.next());
    for (FeedEntry entry : recent) {
      if (entry.posts() && entry.messageId() == messageId) {
        return CompletableFuture.completedStage(Optional.of(entry.parsedMessage()));
      }
    }
    if (messageId == Long.MAX_VALUE) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return view.between(id.id(), TimeBucket.of(messageId), messageId, messageId + 1, 1)
        .thenApply(found -> found.stream().findFirst().map(StoredMessage::parsed));
  }

  /** Whether it was deleted; memory holds what the view may lack. */
  private boolean isDeleted(Message message) {
    HotTail tail = feed.tail();
    return message.getDeletedBy() != 0
        || (tail.lastDeletion() != 0
            && RecentMessages.deletedBy(tail.slice(tail.first(), tail.next()))
                .containsKey(message.getMessageId()));
  }

  private CompletionStage<Long> delete(
      Message message, DeleteMessageRequest request, String traceparent) {
    if (!request.getOthers() && message.getAuthor().getUserId() != request.getUserId()) {
      return CompletableFuture.failedFuture(notHis(request));
    }
    if (isDeleted(message)) {
      return CompletableFuture.completedFuture(0L);
    }
    CompletableFuture<Long> running = underWay.get(message.getMessageId());
    return running == null ? append(message, request, traceparent) : running;
  }

  private CompletionStage<Long> append(
      Message message, DeleteMessageRequest request, String traceparent) {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    underWay.put(message.getMessageId(), answer);
    Deletion deletion =
        new Deletion(
            message.getMessageId(), message.getSeq(), message.getAuthor(), request.getUserId());
    feed.append(
        Append.deletion(deletion, request.getNonce(), traceparent, new Reply(message, answer)));
    return answer;
  }

  private static RefusedException notFound(DeleteMessageRequest request) {
    return Refuse.because(Reason.REASON_MESSAGE_NOT_FOUND)
        .field("message_id")
        .value(request.getMessageId())
        .expected("a message of the channel")
        .toException();
  }

  private static RefusedException notHis(DeleteMessageRequest request) {
    return Refuse.because(Reason.REASON_PERMISSION_MISSING)
        .field("message_id")
        .value(request.getMessageId())
        .expected(Permission.MANAGE_MESSAGES.name())
        .message("The message is another's, and the caller lacks MANAGE_MESSAGES in the channel.")
        .toException();
  }

  /** Hands on what became of a deletion. */
  private final class Reply implements AppendReply {
    private final long messageId;
    private final CompletableFuture<Long> answer;

    Reply(Message message, CompletableFuture<Long> answer) {
      this.messageId = message.getMessageId();
      this.answer = answer;
    }

    @Override
    public void acked(Appended result) {
      underWay.remove(messageId);
      answer.complete(result.seq());
    }

    @Override
    public void refused(Refusal refusal) {
      underWay.remove(messageId);
      answer.completeExceptionally(new RefusedException(refusal));
    }
  }
}
