package chat.starling.gateway.limits;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;

/**
 * How many messages users and workspaces send through this gateway. A user is one however many
 * connections there are; another gateway counts by itself. Any thread.
 */
public final class SendRates {

  private record Sender(long userId, long channelId) {}

  private final KeyedBuckets<Sender> senders;
  private final KeyedBuckets<Long> workspaces;

  /**
   * @param sender of one user in one channel
   * @param workspace of all users in one workspace
   * @param remembered senders, and workspaces, at most
   * @param ticker monotonic nanoseconds
   */
  public SendRates(Rate sender, Rate workspace, int remembered, Ticker ticker) {
    this.senders = new KeyedBuckets<>(sender, remembered, ticker);
    this.workspaces = new KeyedBuckets<>(workspace, remembered, ticker);
  }

  /** Counts a message of the user's in the channel; a refusal when it is one too many. */
  public Optional<Refusal> countUser(long userId, long channelId) {
    long wait = senders.take(new Sender(userId, channelId));
    return refusal(wait, channelId, senders.rate(), "messages", "by one user in one channel");
  }

  /**
   * Counts a message in one of the workspace's channels; a refusal when it is one too many.
   *
   * @param weight as how many messages it counts; 1 or more
   */
  public Optional<Refusal> countWorkspace(long workspaceId, long channelId, int weight) {
    long wait = workspaces.take(workspaceId, weight);
    return refusal(wait, channelId, workspaces.rate(), "messages", "in one workspace");
  }

  private static Optional<Refusal> refusal(
      long wait, long channelId, Rate rate, String things, String whose) {
    return wait == 0
        ? Optional.empty()
        : Optional.of(
            Refuse.because(Reason.REASON_RATE_LIMITED)
                .field("channel_id")
                .value(channelId)
                .expected("at most " + rate.of(things) + " " + whose)
                .retryAfter(Waits.wholeMillis(wait))
                .build());
  }
}
