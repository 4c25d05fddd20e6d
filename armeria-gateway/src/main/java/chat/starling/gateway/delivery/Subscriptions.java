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
 * streams and moves: a channel stays where it comes from until that server says that it has given
 * it up, or its stream ends; whoever owns it next is asked from the last seq that was seen.
 * Confined to one event loop.
 */
public final class Subscriptions implements Upstreams {

  /** A stream to a channel server, from its opening to its end. */
  public interface Wire {

    /**
     * Asks for a channel's events after a seq; {@link ChannelView#LIVE_ONLY} for live ones only.
     */
    void add(long channelId, long afterSeq);

    /**
     * The same at a place in the channel's tree.
     *
     * @param follows whether the server may name a relay that is to be asked instead
     */
    default void add(long channelId, long afterSeq, Place place, boolean follows) {
      add(channelId, afterSeq);
    }

    /** Asks for no more of a channel's events. */
    void remove(long channelId);
  }

  /** Whom to ask. */
  @FunctionalInterface
  public interface Owners {

    /** The stream to whom the channel is to be asked of now; null while there is none. */
    @Nullable Wire wire(long channelId);

    /** The stream to a server by its id; null while there is none. */
    default @Nullable Wire relay(String serverId) {
      return null;
    }
  }

  private static final Duration REFUSED_WAIT = Duration.ofSeconds(1);

  /**
   * How often a referral may lead nowhere before the owner is asked to serve this gateway itself.
   */
  private static final int DETOURS = 3;

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

  /** Streams or owners have changed: what does not come from anywhere is asked for anew. */
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
      channel.added(fromSeq);
    }
  }

  /** An event came. What was seen before is dropped. */
  public void event(Wire from, Parcel parcel) {
    Followed channel = channels.get(parcel.channelId());
    if (channel != null && channel.known() && channel.isNew(from, parcel.seq())) {
      channel.seen = parcel.seq();
      for (int i = 0; i < channel.followers.size(); i++) {
        channel.followers.get(i).event(parcel);
      }
    }
  }

  /**
   * An event with this seq came, for somebody else to take; says whether it was not seen before.
   */
  public boolean isNews(Wire from, long channelId, long seq) {
    Followed channel = channels.get(channelId);
    if (channel == null || !channel.known() || !channel.isNew(from, seq)) {
      return false;
    }
    channel.seen = seq;
    return true;
  }

  /**
   * The server does not own the channel, or not any more. Where another is to be asked now, it is
   * asked at once, but not twice without a wait between: two may each take the other for the owner.
   */
  public void notOwner(Wire from, long channelId) {
    Followed channel = channels.get(channelId);
    if (channel != null && from.equals(channel.asked)) {
      channel.notOwner();
    }
  }

  /** The server has enough subscribers: a relay is to be asked instead. */
  public void referred(Wire from, long channelId, Place place) {
    Followed channel = channels.get(channelId);
    if (channel != null && from.equals(channel.asked)) {
      channel.referred(place);
    }
  }

  /** Whether the server is asked for the channel as a relay. */
  public boolean isRelay(Wire from, long channelId) {
    Followed channel = channels.get(channelId);
    return channel != null && from.equals(channel.asked) && channel.place.isRelay();
  }

  /** The server would not; it is asked again after a while, for live events only. */
  public void refused(Wire from, long channelId) {
    Followed channel = channels.get(channelId);
    if (channel != null && from.equals(channel.asked)) {
      channel.later(REFUSED_WAIT, channel::startAnew);
    }
  }

  /** Channels that are followed now. */
  public int size() {
    return channels.size();
  }

  /** One channel: whom it was asked of, and whether he delivers it. */
  private final class Followed {

    private final long channelId;
    private final List<Follower> followers = new ArrayList<>(2);
    private long seen = ChannelView.LIVE_ONLY;

    /** The stream on which it was asked for last. */
    private @Nullable Wire asked;

    /** As what that server was asked. */
    private Place place = Place.OWNER;

    /** Whether it comes on that stream. */
    private boolean standing;

    private boolean hopped;
    private int tries;

    /** Referrals in a row that led nowhere. */
    private int detours;

    private int asks;

    Followed(long channelId) {
      this.channelId = channelId;
    }

    boolean known() {
      return seen != ChannelView.LIVE_ONLY;
    }

    boolean isNew(Wire from, long seq) {
      return from.equals(asked) && seq > seen;
    }

    /** Asks where it belongs, unless it comes already or that one is asked already. */
    void route() {
      if (!standing && !place.isRelay() && turn()) {
        tries = 0;
        ask();
      }
    }

    /** Turns to whom it is to be asked of now; says whether that is another than before. */
    private boolean turn() {
      Wire owner = owners.wire(channelId);
      if (Objects.equals(owner, asked)) {
        return false;
      }
      if (asked != null) {
        asked.remove(channelId);
      }
      asked = owner;
      place = Place.OWNER;
      return true;
    }

    void added(long fromSeq) {
      standing = true;
      hopped = false;
      tries = 0;
      detours = 0;
      if (!known()) {
        seen = fromSeq;
        followers.forEach(follower -> follower.started(channelId, fromSeq));
      } else if (fromSeq > seen) {
        seen = fromSeq;
        followers.forEach(follower -> follower.moved(channelId, fromSeq));
      }
    }

    void notOwner() {
      if (place.isRelay()) {
        leaveRelay();
        return;
      }
      standing = false;
      if (!hopped && turn()) {
        hopped = true;
        ask();
      } else {
        hopped = false;
        later(Backoff.MOVING.wait(tries++, random), this::turn);
      }
    }

    void referred(Place to) {
      Wire relay = owners.relay(to.serverId());
      if (relay == null) {
        nowhere();
        return;
      }
      if (asked != null) {
        asked.remove(channelId); // the server may forget whom it has referred
      }
      asked = relay;
      place = to;
      ask();
    }

    /** The relay has no more: the owner knows another, or who owns the channel now is asked. */
    private void leaveRelay() {
      boolean stood = standing;
      standing = false;
      asked = null;
      place = Place.OWNER;
      if (stood && turn()) {
        ask();
      } else {
        nowhere();
      }
    }

    private void nowhere() {
      detours++;
      later(Backoff.MOVING.wait(detours - 1, random), this::turn);
    }

    void lost(Wire gone) {
      if (gone.equals(asked)) {
        standing = false;
        asked = null;
        place = Place.OWNER;
        asks++;
        route();
      }
    }

    /** A relay is not asked twice. */
    private void startAnew() {
      seen = ChannelView.LIVE_ONLY;
      if (place.isRelay()) {
        detours++;
        place = Place.OWNER;
        turn();
      }
    }

    void leave() {
      if (asked != null) {
        asked.remove(channelId);
      }
    }

    /** Asks again, unless the channel is asked for elsewhere before. */
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
        asked.add(channelId, seen, place, detours < DETOURS);
      }
    }
  }
}
