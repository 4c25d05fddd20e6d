package chat.starling.channel.workspace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who goes by what the events of one workspace's feed say, up to which event, and until when at
 * most: those who are trusted. An act whose event some of them do not go by yet is not to be
 * answered.
 *
 * <p>Whoever is trusted by a former owner is not known here. He is not trusted any more once as
 * much time has passed as an owner trusts at most, counted from when the former one could not trust
 * anybody anew.
 *
 * <p>Times are nanoseconds of one clock, compared by subtraction only. Not safe for use by several
 * threads.
 */
public final class Confirmations {

  private final long trustNanos;
  private final Map<Long, Follower> followers = new HashMap<>();
  private boolean formerOwner;
  private long formerUntil;

  /**
   * Nobody is trusted by this owner yet.
   *
   * @param trustNanos for how long somebody is trusted who says up to where he goes
   */
  public Confirmations(long trustNanos) {
    this.trustNanos = trustNanos;
  }

  /** There was another owner, who trusts nobody for longer than until then. */
  public void formerOwnerUntil(long nanos) {
    formerOwner = true;
    formerUntil = nanos;
  }

  /**
   * Somebody goes by all events up to a seq.
   *
   * @param known the last event that others may know of
   * @return whether he is trusted from now on, for as long as an owner trusts
   */
  public boolean applied(long who, long seq, long known, long now) {
    Follower follower = followers.computeIfAbsent(who, absent -> new Follower(now));
    follower.applied = Math.max(follower.applied, seq);
    if (follower.givenUp) {
      return false;
    }
    if (follower.applied < known) {
      letCatchUp(follower, now);
      return false;
    }
    follower.until = now + trustNanos;
    return true;
  }

  /**
   * Somebody who begins while acts follow one another is waited for a moment without being trusted,
   * once: others go by each event a little earlier, and he would always be behind.
   */
  private void letCatchUp(Follower follower, long now) {
    if (!follower.waitedFor && follower.until - now <= 0) {
      follower.waitedFor = true;
      follower.until = now + trustNanos / 10;
    }
  }

  /** Somebody goes by all events up to a seq, at a time when nobody is trusted anew. */
  public void heard(long who, long seq) {
    Follower follower = followers.get(who);
    if (follower != null) {
      follower.applied = Math.max(follower.applied, seq);
    }
  }

  /** Somebody does not go by any of it any more. */
  public void left(long who) {
    followers.remove(who);
  }

  /** Somebody begins anew: he may be trusted again. */
  public void joined(long who) {
    Follower follower = followers.get(who);
    if (follower != null) {
      follower.givenUp = false;
      follower.waitedFor = false;
    }
  }

  /** Somebody is waited for in vain: he is not trusted anew until he begins anew. */
  public void giveUp(long who) {
    Follower follower = followers.get(who);
    if (follower != null) {
      follower.givenUp = true;
    }
  }

  /** The last event that all who are trusted go by; the largest number when nobody is. */
  public long reached(long now) {
    long reached = formerOwner && formerUntil - now > 0 ? 0 : Long.MAX_VALUE;
    for (Follower follower : followers.values()) {
      if (follower.until - now > 0) {
        reached = Math.min(reached, follower.applied);
      }
    }
    return reached;
  }

  /**
   * After how many nanoseconds all who are trusted go by this event even if nobody says anything; 0
   * or less if they do.
   */
  public long remaining(long seq, long now) {
    long longest = formerOwner ? formerUntil - now : 0;
    for (Follower follower : followers.values()) {
      if (follower.applied < seq) {
        longest = Math.max(longest, follower.until - now);
      }
    }
    return longest;
  }

  /** Those who are trusted and do not go by this event yet. */
  public List<Long> behind(long seq, long now) {
    return followers.entrySet().stream()
        .filter(one -> one.getValue().applied < seq && one.getValue().until - now > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Forgets those who are not trusted any more; whether nobody is left. */
  public boolean isEmpty(long now) {
    followers.values().removeIf(follower -> follower.until - now <= 0);
    return followers.isEmpty() && (!formerOwner || formerUntil - now <= 0);
  }

  /** One who is or was trusted. */
  private static final class Follower {
    private long applied;
    private long until;
    private boolean givenUp;
    private boolean waitedFor;

    Follower(long now) {
      until = now;
    }
  }
}
