package chat.starling.client.protocol;

import chat.starling.api.v1.Close;
import java.util.function.DoubleSupplier;

/** How long to stay away after a Close, by the rule that it names. */
final class Reconnect {
  private final Backoff backoff;
  private final DoubleSupplier random;

  Reconnect(DoubleSupplier random) {
    this.backoff = new Backoff(Timing.FIRST_DELAY_MILLIS, Timing.LONGEST_DELAY_MILLIS, random);
    this.random = random;
  }

  /** The delay in milliseconds before the next attempt; not for a Close that says never. */
  long delay(Close close) {
    switch (close.getReconnect()) {
      case RECONNECT_RULE_NOW:
      case RECONNECT_RULE_NEW_TOKEN:
        return backoff.nextAfterFirst(Timing.NOW_JITTER_MILLIS);
      case RECONNECT_RULE_DELAYED:
        long asked = Refusals.millis(close.getRetryAfter());
        return Math.max(backoff.next(), asked + (long) (asked * random.getAsDouble()));
      default:
        return backoff.next();
    }
  }

  /** A session stood for a while, or a person asked: the next attempt is the first again. */
  void reset() {
    backoff.reset();
  }
}
