package chat.starling.gateway.limits;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;

/** How many messages users report through this gateway. Any thread. */
public final class ReportRates {

  private final KeyedBuckets<Long> users;

  /**
   * @param user of one user
   * @param remembered users at most
   * @param ticker monotonic nanoseconds
   */
  public ReportRates(Rate user, int remembered, Ticker ticker) {
    users = new KeyedBuckets<>(user, remembered, ticker);
  }

  /** Counts a report of the user's; a refusal when it is one too many. */
  public Optional<Refusal> count(long userId) {
    long wait = users.take(userId);
    return wait == 0
        ? Optional.empty()
        : Optional.of(
            Refuse.because(Reason.REASON_RATE_LIMITED)
                .field("message_id")
                .expected("at most " + users.rate().of("reports") + " by one user")
                .retryAfter(Waits.wholeMillis(wait))
                .build());
  }
}
