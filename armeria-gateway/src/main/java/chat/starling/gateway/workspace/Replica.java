package chat.starling.gateway.workspace;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One workspace as this gateway knows it: up to which event of its feed, and until when that may be
 * gone by. Written by the thread that brings the feeds' events, read by all.
 */
final class Replica {

  private static final long NEVER = Long.MIN_VALUE;
  private static final long ASK_AGAIN = 500_000_000;
  private static final long ASK_SOONEST = 20_000_000;

  private final long id;
  private final Row<RulesFacts> rules;
  private final LongSupplier nanos;
  private final long begun;
  private volatile long rulesStamp;
  private volatile long anyStamp;
  private volatile long seq = NEVER;
  private volatile long trustedUntil;
  private volatile boolean trusted;
  private volatile long lastUse;
  private volatile boolean gone;
  private volatile long nextAsk;
  private volatile int holders;
  private final AtomicBoolean following = new AtomicBoolean();
  private CompletableFuture<Void> opening = new CompletableFuture<>();

  /**
   * @param nanos the time by a clock that only goes forward
   */
  Replica(long id, Row<RulesFacts> rules, LongSupplier nanos) {
    this.id = id;
    this.rules = rules;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.lastUse = begun;
  }

  long id() {
    return id;
  }

  Row<RulesFacts> rules() {
    return rules;
  }

  /** Changes whenever roles or the owner do, or all is read anew. */
  long rulesStamp() {
    return rulesStamp;
  }

  /** Changes whenever anything does that somebody's permissions depend on. */
  long anyStamp() {
    return anyStamp;
  }

  void rulesTouched(long stamp) {
    rulesStamp = stamp;
    anyStamp = stamp;
  }

  void anyTouched(long stamp) {
    anyStamp = stamp;
  }

  /** What is known may be gone by now. */
  boolean isOpen() {
    return trusted && !gone && nanos.getAsLong() - trustedUntil < 0 && rules.now() != null;
  }

  /** Completes when it may be gone by. */
  CompletableFuture<Void> whenOpen() {
    synchronized (this) {
      if (isOpen()) {
        return CompletableFuture.completedFuture(null);
      }
      if (opening.isDone()) {
        opening = new CompletableFuture<>();
      }
      return opening;
    }
  }

  /** True for the first who asks: its feed is to be followed from now on. */
  boolean beginsNow() {
    return !following.get() && following.compareAndSet(false, true);
  }

  /** Goes by all events up to this one from now on. */
  void reached(long now) {
    seq = now;
  }

  /** The last event that it goes by. */
  long seq() {
    return seq;
  }

  /** Its feed has been followed up: there is something to go by. */
  boolean isStanding() {
    return seq != NEVER;
  }

  /** The owner trusts this gateway, counted from when that was asked for. */
  void trust(long askedAt, long millis) {
    if (askedAt - begun < 0) {
      return; // asked for one that has been given up
    }
    trustedUntil = askedAt + millis * 1_000_000;
    trusted = true;
    nextAsk = askedAt + Math.max(ASK_SOONEST, millis * 1_000_000 / 4);
    opened();
  }

  /** Lets those in who wait, if it may be gone by. */
  void opened() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      if (!isOpen()) {
        return;
      }
      waiting = opening;
    }
    waiting.complete(null);
  }

  /** It has just been asked for. */
  void asked(long now) {
    nextAsk = now + ASK_AGAIN;
  }

  /** Whether it is time to ask to be trusted for longer; the next time is later then. */
  boolean mustAsk(long now) {
    if (!isStanding() || gone || nextAsk - now > 0) {
      return false;
    }
    asked(now);
    return true;
  }

  void used() {
    lastUse = nanos.getAsLong();
  }

  /** When it was last asked for anything. */
  long lastUse() {
    return lastUse;
  }

  int holders() {
    return holders;
  }

  /** So many more sessions, or fewer, are of this workspace. Only under the map's lock. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void hold(int change) {
    holders += change;
  }

  /** Nobody goes by it any more. */
  void end() {
    gone = true;
  }
}
