package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.workspace.Confirmations;
import chat.starling.platform.time.MonotonicClock;
import java.time.Duration;

/**
 * The subscribers of one workspace's feed that are trusted to go by it. Answers to acts wait until
 * all of them go by the events: who takes too long loses his subscription, and is waited for until
 * he does not trust himself any more. Confined to the feed's loop.
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
  private boolean looking;
  private long nextLook;

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

  /** The same at a time when nobody is to be trusted anew. */
  void heard(FeedSubscriber subscriber, long seq) {
    if (subscribers.has(subscriber)) {
      confirmations.heard(subscriber.process(), seq);
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

  /** The last event that all who are trusted go by; the largest number when nobody is. */
  long reached() {
    return confirmations.reached(clock.nanos());
  }

  /**
   * Answers wait for those who do not go by these events yet: {@code again} runs when the first
   * event may be reached by lapse of time. To be asked anew after that, and whenever one of them
   * has moved.
   */
  void await(long first, long last, Runnable again) {
    if (last > waitedFor) {
      waitedFor = last;
      loop.schedule(() -> giveUp(last), bounds.patience());
    }
    long now = clock.nanos();
    long at = now + Math.max(0, confirmations.remaining(first, now)) + 1_000_000;
    if (!looking || at - nextLook < 0) {
      looking = true;
      nextLook = at;
      loop.schedule(() -> look(at, again), Duration.ofNanos(at - now));
    }
  }

  private void look(long at, Runnable again) {
    if (at == nextLook) { // otherwise an earlier look has taken its place
      looking = false;
      again.run();
    }
  }

  private void giveUp(long seq) {
    for (long process : confirmations.behind(seq, clock.nanos())) {
      confirmations.giveUp(process);
      subscribers.refuse(process, Reason.REASON_TIMEOUT);
    }
  }
}
