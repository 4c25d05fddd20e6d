package chat.starling.gateway.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The viewers of one event loop, by channel. An upstream event comes to a relay once; the relay
 * writes it to all its viewers. Confined to its event loop.
 */
public final class Relay implements Follower {

  /** How long a channel without viewers is still followed: people go back and forth. */
  static final Duration LINGER = Duration.ofSeconds(5);

  /** How often a closed gate is looked at. */
  static final Duration CLOSED_WAIT = Duration.ofMillis(50);

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<Long, ViewedChannel> channels = new HashMap<>();
  private final Upstreams upstreams;
  private final Follower inbox;
  private final Delay delay;
  private final FanOut.Limits limits;
  private final Ticker ticker;
  private final int kept;
  private Introductions introductions = Introductions.NONE;
  private boolean counting;
  private long deliveries;

  /**
   * @param limits up to where events flow to each viewer
   * @param ticker of the same loop
   * @param kept events that a session keeps for a resume; a power of two
   * @param inbox brings what upstream says to this relay on its event loop
   */
  public Relay(
      Upstreams upstreams,
      Delay delay,
      FanOut.Limits limits,
      Ticker ticker,
      int kept,
      Function<Relay, Follower> inbox) {
    this.limits = limits;
    this.kept = kept;
    this.upstreams = upstreams;
    this.delay = delay;
    this.ticker = ticker;
    this.inbox = inbox.apply(this);
  }

  /** From now on this one knows who writes. */
  public void introducedBy(Introductions who) {
    introductions = who;
  }

  /** Knows who writes. */
  public Introductions introductions() {
    return introductions;
  }

  /** Tells a channel's viewers who want it who somebody is who writes there. */
  public void introduce(long channelId, Introduction one) {
    ViewedChannel channel = channels.get(channelId);
    if (channel != null && channel.isOpen()) {
      check(channelId, channel);
      channel.introduce(one);
    }
  }

  /** Adds a view; it starts as soon as its channel is followed. */
  public void join(ChannelView view) {
    ViewedChannel channel = channels.get(view.channelId());
    if (channel == null) {
      channel = new ViewedChannel(new FanOut(limits), ticker, kept);
      channels.put(view.channelId(), channel);
      upstreams.follow(view.channelId(), inbox);
    }
    channel.join(view);
  }

  /** Takes a view out. */
  public void leave(ChannelView view) {
    view.end();
    ViewedChannel channel = channels.get(view.channelId());
    if (channel != null && channel.remove(view)) {
      lingerIfUnused(view.channelId(), channel);
    }
  }

  @Override
  public void started(long channelId, long head) {
    ViewedChannel channel = channels.get(channelId);
    if (channel != null) {
      channel.start(head);
    }
  }

  @Override
  public void event(Parcel parcel) {
    ViewedChannel channel = channels.get(parcel.channelId());
    if (channel == null || !channel.isStarted()) {
      return;
    }
    if (!channel.isOpen()) {
      withhold(parcel, channel);
      return;
    }
    check(parcel.channelId(), channel);
    ticker.look();
    count();
    deliveries += channel.event(parcel, introductions);
  }

  @Override
  public void moved(long channelId, long head) {
    ViewedChannel channel = channels.get(channelId);
    if (channel != null && channel.isStarted()) {
      channel.move(head);
    }
  }

  /** Takes out who may not be sent the channel's events any more. */
  public void recheck(long channelId) {
    ViewedChannel channel = channels.get(channelId);
    if (channel != null) {
      check(channelId, channel);
    }
  }

  /** When what the loop's sessions are sent leaves. */
  public Ticker ticker() {
    return ticker;
  }

  /** Events offered to viewers so far. */
  public long deliveries() {
    return deliveries;
  }

  /** Viewers that the channel has on this event loop. */
  public int viewers(long channelId) {
    ViewedChannel channel = channels.get(channelId);
    return channel == null ? 0 : channel.viewers();
  }

  /** Channels that are followed now. */
  public int size() {
    return channels.size();
  }

  /** Counts events by the second for as long as there are any. */
  private void count() {
    if (!counting) {
      counting = true;
      delay.run(SECOND, this::second);
    }
  }

  private void second() {
    counting = false;
    channels.forEach((id, channel) -> {
      if (channel.isPassing() && channel.isOpen()) {
        check(id, channel);
        channel.mark(id);
      }
      if (channel.second()) {
        count();
      }
    });
  }

  private void check(long channelId, ViewedChannel channel) {
    if (channel.check()) {
      lingerIfUnused(channelId, channel);
    }
  }

  /** Nobody knows who may be sent it: all get it from the log once that is known again. */
  private void withhold(Parcel parcel, ViewedChannel channel) {
    if (channel.withhold(parcel)) {
      delay.run(CLOSED_WAIT, () -> goOn(parcel.channelId(), channel));
    }
  }

  private void goOn(long channelId, ViewedChannel channel) {
    if (channels.get(channelId) != channel) {
      return;
    }
    if (channel.isOpen()) {
      if (channel.goOn()) {
        lingerIfUnused(channelId, channel);
      }
    } else {
      delay.run(CLOSED_WAIT, () -> goOn(channelId, channel));
    }
  }

  private void lingerIfUnused(long channelId, ViewedChannel channel) {
    if (channel.viewers() == 0) {
      delay.run(LINGER, () -> dropIfUnused(channelId, channel));
    }
  }

  private void dropIfUnused(long channelId, ViewedChannel channel) {
    if (channel.viewers() == 0 && channels.remove(channelId, channel)) {
      upstreams.unfollow(channelId, inbox);
    }
  }
}
