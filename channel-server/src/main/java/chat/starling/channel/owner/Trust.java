package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.workspace.Confirmations;
import chat.starling.platform.time.MonotonicClock;
import java.time.Duration;

/**
 * The subscribers of one workspace's feed that are trusted to go by it. Has an act wait until all
 * of them go by its event: who takes too long loses his subscription, and is waited for until he
 * does not trust himself any more. Confined to the feed's loop.
 */
final class Trust {

  /** Those who are trusted go by a shorter time, so that clocks may differ in their speed. */
  private static final double SHORTER = 0.8;

  private final Confirmations confirmations;
  private final TrustBounds bounds;
  private final FeedSubscribers subscribers;
  private final MonotonicClock clock;
  private final Loop loop;
  private long waitedFor;

  /**
   * @param epoch of the feed's owner; the first has no owner before it
   * @param since when the shard was claimed, by the clock
   */
  Trust(
      long epoch,
      long since,
      TrustBounds bounds,
      FeedSubscribers subscribers,
      MonotonicClock clock,
      Loop loop) {
    this.bounds = bounds;
    this.subscribers = subscribers;
    this.clock = clock;
    this.loop = loop;
    confirmations = new Confirmations(bounds.trust().toNanos());
    if (epoch > 1) {
      confirmations.formerOwnerUntil(since + bounds.trust().toNanos());
    }
  }

  /** Somebody goes by all events up to a seq; {@code known} is the last that others may know of. */
  void applied(FeedSubscriber subscriber, long seq, long known, long askedAt) {
    if (subscribers.has(subscriber)
        && confirmations.applied(subscriber.process(), seq, known, clock.nanos())) {
      subscriber.trusted(askedAt, (long) (bounds.trust().toMillis() * SHORTER));
    }
  }

  /** Somebody subscribes. */
  void joined(FeedSubscriber subscriber) {
    confirmations.joined(subscriber.process());
  }

  /** Somebody has given up his subscription and goes by it no more. */
  void left(FeedSubscriber subscriber) {
    confirmations.left(subscriber.process());
  }

  /** Whether nobody is trusted now. */
  boolean isEmpty() {
    return confirmations.isEmpty(clock.nanos());
  }

  /**
   * Whether all who are trusted go by this event. If not, {@code again} runs when it may be so by
   * lapse of time.
   */
  boolean reached(long seq, Runnable again) {
    long remaining = confirmations.remaining(seq, clock.nanos());
    if (remaining > 0 && waitedFor < seq) {
      waitedFor = seq;
      loop.schedule(() -> giveUp(seq), bounds.patience());
      await(seq, again, remaining);
    }
    return remaining <= 0;
  }

  /** Whoever says something meanwhile is trusted for longer, so this looks again and again. */
  private void await(long seq, Runnable again, long nanos) {
    loop.schedule(
        () -> {
          long remaining = confirmations.remaining(seq, clock.nanos());
          if (remaining > 0) {
            await(seq, again, remaining);
          } else {
            again.run();
          }
        },
        Duration.ofNanos(nanos + 1_000_000));
  }

  private void giveUp(long seq) {
    for (long process : confirmations.behind(seq, clock.nanos())) {
      confirmations.giveUp(process);
      subscribers.refuse(process, Reason.REASON_TIMEOUT);
    }
  }
}
