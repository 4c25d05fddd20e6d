package chat.starling.gateway.admission;

import chat.starling.gateway.limits.TokenBucket;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Lets clients in at a steady rate. Those whom it cannot let in at once wait, the returning before
 * the new; who would wait too long is refused at once, with a time to come back. Times are
 * monotonic nanoseconds. One caller at a time.
 *
 * @param <T> a client, by identity or with an {@code equals} that tells clients apart
 */
public final class WaitingRoom<T> {

  /** Where clients go. */
  public interface Door<T> {
    /** The client may come in now; {@link #over} says when that is done. */
    void enter(T client);

    /** The client may not come in. */
    void refuse(T client, Cause cause, Duration retryAfter);
  }

  /** Why a client may not come in. */
  public enum Cause {
    /** As many wait as may wait. */
    FULL,
    /** Its turn would come too late, or did. */
    TOO_LATE
  }

  private final AdmissionRules rules;
  private final Door<T> door;
  private final TokenBucket bucket;
  private final Comebacks comebacks;
  private final SequencedMap<T, Long> returning = new LinkedHashMap<>();
  private final SequencedMap<T, Long> fresh = new LinkedHashMap<>();
  private final Set<T> underWay = new HashSet<>();

  /**
   * An empty one.
   *
   * @param random uniform in [0, 1), for jitter
   */
  public WaitingRoom(AdmissionRules rules, Door<T> door, DoubleSupplier random, long now) {
    this.rules = rules;
    this.door = door;
    this.bucket = new TokenBucket(rules.rate(), now);
    this.comebacks = new Comebacks(rules.rate().spacing(), rules.longestRetry(), random, now);
  }

  /**
   * A client asks to come in.
   *
   * @param comesBack it had a session and wants it back
   */
  public void ask(T client, boolean comesBack, long now) {
    time(now);
    int ahead = returning.size() + (comesBack ? 0 : fresh.size());
    if (ahead == 0 && hasRoom() && bucket.take(now) == 0) {
      enter(client);
    } else if (ahead * rules.rate().spacing() > rules.longestWait().toNanos()) {
      refuse(client, Cause.TOO_LATE, now);
    } else if (waiting() < rules.waiting() || (comesBack && displaceNewest(now))) {
      (comesBack ? returning : fresh).put(client, now);
    } else {
      refuse(client, Cause.FULL, now);
    }
  }

  /** The client's session stands, or it gave up, or it was ended: its place is free. */
  public void over(T client, long now) {
    underWay.remove(client);
    returning.remove(client);
    fresh.remove(client);
    time(now);
  }

  /** Time has passed. */
  public void time(long now) {
    while (waiting() > 0 && hasRoom() && bucket.take(now) == 0) {
      enter((returning.isEmpty() ? fresh : returning).pollFirstEntry().getKey());
    }
    expire(returning, now);
    expire(fresh, now);
  }

  /** How long until {@link #time} has something to do; {@link Long#MAX_VALUE} when nobody waits. */
  public long idle(long now) {
    long next = hasRoom() && waiting() > 0 ? bucket.untilNext(now) : Long.MAX_VALUE;
    return Math.min(next, Math.min(patience(returning, now), patience(fresh, now)));
  }

  /** Clients that wait. */
  public int waiting() {
    return returning.size() + fresh.size();
  }

  private boolean hasRoom() {
    return underWay.size() < rules.underWay();
  }

  private void enter(T client) {
    underWay.add(client);
    door.enter(client);
  }

  private boolean displaceNewest(long now) {
    var newest = fresh.pollLastEntry();
    if (newest == null) {
      return false;
    }
    refuse(newest.getKey(), Cause.FULL, now);
    return true;
  }

  private void expire(SequencedMap<T, Long> queue, long now) {
    while (patience(queue, now) <= 0) {
      refuse(queue.pollFirstEntry().getKey(), Cause.TOO_LATE, now);
    }
  }

  private long patience(SequencedMap<T, Long> queue, long now) {
    var first = queue.firstEntry();
    return first == null
        ? Long.MAX_VALUE
        : rules.longestWait().toNanos() - (now - first.getValue());
  }

  private void refuse(T client, Cause cause, long now) {
    door.refuse(client, cause, comebacks.next(waiting(), now));
  }
}
