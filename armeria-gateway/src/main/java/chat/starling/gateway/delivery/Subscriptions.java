package chat.starling.gateway.delivery;

import chat.starling.gateway.routing.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway follows on the channel servers, and who on the gateway wants it. Survives
 * streams and moves: whoever owns a channel next is asked for it from the last seq that was seen,
 * and until he has it the one before may go on delivering. Confined to one event loop.
 */
public final class Subscriptions implements Upstreams {

  /** A stream to a channel server, from its opening to its end. */
  public interface Wire {

    /**
     * Asks for a channel's events after a seq; {@link ChannelView#LIVE_ONLY} for live ones only.
     */
    void add(long channelId, long afterSeq);

    /** Asks for no more of a channel's events. */
    void remove(long channelId);
  }

  /** Whom to ask. */
  @FunctionalInterface
  public interface Owners {

    /** The stream to the channel's owner; null while there is none. */
    @Nullable Wire wire(long channelId);
  }

  private static final Duration REFUSED_WAIT = Duration.ofSeconds(1);

  private final Map<Long, Followed> channels = new HashMap<>();
  private final Owners owners;
  private final Delay delay;
  private final RandomGenerator random;

  /**
   * @param delay runs tasks on the event loop of these subscriptions
   */
  public Subscriptions(Owners owners, Delay delay, RandomGenerator random) {
    this.owners = owners;
    this.delay = delay;
    this.random = random;
  }

  @Override
  public void follow(long channelId, Follower follower) {
    Followed channel = channels.get(channelId);
    if (channel == null) {
      channel = new Followed(channelId);
      channels.put(channelId, channel);
      channel.route();
    }
    channel.followers.add(follower);
    if (channel.known()) {
      follower.started(channelId, channel.seen);
    }
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    Followed channel = channels.get(channelId);
    if (channel != null && channel.followers.remove(follower) && channel.followers.isEmpty()) {
      channels.remove(channelId);
      channel.leave();
    }
  }

  /** Streams or owners have changed: every channel is asked for where it belongs now. */
  public void reroute() {
    channels.values().forEach(Followed::route);
  }

  /** The stream is gone. */
  public void down(Wire gone) {
    channels.values().forEach(channel -> channel.lost(gone));
  }

  /** The server follows up: events come from the one after {@code fromSeq}. */
  public void added(Wire from, long channelId, long fromSeq) {
    Followed channel = channels.get(channelId);
    if (channel != null && from.equals(channel.asked)) {
      channel.added(from, fromSeq);
    }
  }

  /** An event came. What was seen before is dropped. */
  public void event(Wire from, Parcel parcel) {
    Followed channel = channels.get(parcel.channelId());
    if (channel != null && channel.known() && channel.isNext(from, parcel.seq())) {
      channel.seen = parcel.seq();
      for (int i = 0; i < channel.followers.size(); i++) {
        channel.followers.get(i).event(parcel);
      }
    }
  }

  /** The server does not own the channel, or not any more; its owner is asked after a moment. */
  public void notOwner(Wire from, long channelId) {
    Followed channel = channels.get(channelId);
    if (channel != null) {
      channel.notOwner(from);
    }
  }

  /** The server would not; it is asked again after a while, for live events only. */
  public void refused(Wire from, long channelId) {
    Followed channel = channels.get(channelId);
    if (channel != null && from.equals(channel.asked)) {
      channel.later(REFUSED_WAIT, () -> channel.seen = ChannelView.LIVE_ONLY);
    }
  }

  /** Channels that are followed now. */
  public int size() {
    return channels.size();
  }

  /** One channel: whom it was asked of, and who delivers it. */
  private final class Followed {

    private final long channelId;
    private final List<Follower> followers = new ArrayList<>(2);
    private long seen = ChannelView.LIVE_ONLY;

    /** The stream on which it was asked for last. */
    private @Nullable Wire asked;

    /** The stream that it comes on; another than {@link #asked} while the channel moves. */
    private @Nullable Wire standing;

    private int tries;
    private int asks;

    Followed(long channelId) {
      this.channelId = channelId;
    }

    boolean known() {
      return seen != ChannelView.LIVE_ONLY;
    }

    /** Who has lost the channel may still deliver, but not make it jump. */
    boolean isNext(Wire from, long seq) {
      return from.equals(asked) ? seq > seen : seq == seen + 1;
    }

    void route() {
      Wire owner = owners.wire(channelId);
      if (!Objects.equals(owner, asked)) {
        if (asked != null && !asked.equals(standing)) {
          asked.remove(channelId);
        }
        asked = owner;
        tries = 0;
        ask();
      }
    }

    void added(Wire from, long fromSeq) {
      if (standing != null && !standing.equals(from)) {
        standing.remove(channelId);
      }
      standing = from;
      tries = 0;
      if (!known()) {
        seen = fromSeq;
        followers.forEach(follower -> follower.started(channelId, fromSeq));
      } else if (fromSeq > seen) {
        seen = fromSeq;
        followers.forEach(follower -> follower.moved(channelId, fromSeq));
      }
    }

    void notOwner(Wire from) {
      if (from.equals(standing)) {
        standing = null;
      }
      if (from.equals(asked)) {
        later(Backoff.MOVING.wait(tries++, random), () -> {});
      }
    }

    void lost(Wire gone) {
      if (gone.equals(standing)) {
        standing = null;
      }
      if (gone.equals(asked)) {
        asked = null;
        asks++;
        route();
      }
    }

    void leave() {
      if (asked != null) {
        asked.remove(channelId);
      }
      if (standing != null && !standing.equals(asked)) {
        standing.remove(channelId);
      }
    }

    /** Asks the same server again, unless the channel is asked for elsewhere before. */
    void later(Duration wait, Runnable first) {
      int before = ++asks;
      delay.run(
          wait,
          () -> {
            if (asks == before && channels.get(channelId) == this) {
              first.run();
              ask();
            }
          });
    }

    private void ask() {
      asks++;
      if (asked != null) {
        asked.add(channelId, seen);
      }
    }
  }
}
