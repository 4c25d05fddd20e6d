package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.Restraint;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.platform.ids.FeedId;

/** Checks appends and hands them to the feeds, by whichever rpc they come. */
public final class Appends {

  private static final int MAX_SLOW_MODE = 21_600;
  private static final int MAX_MENTION_SECONDS = 86_400;
  private static final int MAX_MENTIONS = 50;

  private final FeedOwner owner;
  private final AppendSpans spans;

  /** Appends to these feeds. */
  public Appends(FeedOwner owner, AppendSpans spans) {
    this.owner = owner;
    this.spans = spans;
  }

  /**
   * Appends; the answer goes to the caller.
   *
   * @param traceparent of the span that this is a part of; empty when it is not traced
   * @throws chat.starling.platform.refusal.RefusedException if the request may not be
   */
  void append(AppendRequest request, String traceparent, AppendCaller caller) {
    check(request);
    FeedId feed = Checks.channelFeed(request.getFeed());
    AppendAnswer answer = spans.begin(feed, traceparent, caller);
    owner.append(
        feed,
        new Append(
            request.getAuthor(),
            request.getNonce(),
            request.getText(),
            request.getRetry(),
            answer.traceparent(),
            restraint(request),
            answer));
  }

  private static Restraint restraint(AppendRequest request) {
    return request.getSlowModeSeconds() == 0 && !request.hasMentions()
        ? Restraint.NONE
        : new Restraint(
            request.getSlowModeSeconds(), request.getMentions(), request.getMentionSeconds());
  }

  private static void check(AppendRequest request) {
    Checks.id("author.user_id", request.getAuthor().getUserId());
    Checks.displayName(request.getAuthor().getDisplayName());
    Checks.nonce(request.getNonce());
    Checks.text(request.getText());
    Checks.upTo("slow_mode_seconds", request.getSlowModeSeconds(), MAX_SLOW_MODE);
    Checks.upTo("mention_seconds", request.getMentionSeconds(), MAX_MENTION_SECONDS);
    Checks.upTo("mentions.user_ids", request.getMentions().getUserIdsCount(), MAX_MENTIONS);
  }
}
