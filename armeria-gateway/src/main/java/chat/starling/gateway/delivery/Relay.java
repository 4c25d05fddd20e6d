package chat.starling.gateway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  private static final long NEVER = Long.MIN_VALUE;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<Long, Channel> channels = new HashMap<>();
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
    Channel channel = channels.get(channelId);
    if (channel != null && channel.gate.isOpen()) {
      recheck(channelId);
      channel.introduce(one);
    }
  }

  /** Adds a view; it starts as soon as its channel is followed. */
  public void join(ChannelView view) {
    Channel channel = channels.get(view.channelId());
    if (channel == null) {
      channel = new Channel();
      channels.put(view.channelId(), channel);
      upstreams.follow(view.channelId(), inbox);
    }
    channel.guardedBy(view.permit().gate());
    channel.add(view);
    channel.asking += view.acquaintance() != null ? 1 : 0;
    if (channel.started) {
      view.started(channel.head);
    }
  }

  /** Takes a view out. */
  public void leave(ChannelView view) {
    view.end();
    Channel channel = channels.get(view.channelId());
    if (channel != null && channel.remove(view) && channel.viewers() == 0) {
      delay.run(LINGER, () -> dropIfUnused(view.channelId(), channel));
    }
  }

  @Override
  public void started(long channelId, long head) {
    Channel channel = channels.get(channelId);
    if (channel != null) {
      channel.started = true;
      channel.head = head;
      channel.cohorts.dissolveBehind(head);
      channel.forEach(view -> view.started(head));
    }
  }

  @Override
  public void event(Parcel parcel) {
    Channel channel = channels.get(parcel.channelId());
    if (channel != null && channel.started) {
      if (!channel.gate.isOpen()) {
        withhold(parcel);
        return;
      }
      long stamp = channel.gate.stamp();
      if (stamp != channel.checked) {
        check(parcel.channelId(), channel, stamp);
      }
      ticker.look();
      count();
      int viewers = channel.viewers();
      if (channel.fanOut.event(viewers)) {
        deliveries += viewers;
        channel.offer(parcel);
      } else {
        channel.pass(parcel);
      }
    }
  }

  @Override
  public void moved(long channelId, long head) {
    Channel channel = channels.get(channelId);
    if (channel != null && channel.started) {
      channel.head = Math.max(channel.head, head);
      channel.cohorts.dissolveBehind(head);
      channel.forEach(view -> view.moved(head));
    }
  }

  /** Takes out who may not be sent the channel's events any more. */
  public void recheck(long channelId) {
    Channel channel = channels.get(channelId);
    if (channel != null && channel.gate.stamp() != channel.checked) {
      check(channelId, channel, channel.gate.stamp());
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
    Channel channel = channels.get(channelId);
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
      if (channel.passing && channel.gate.isOpen()) {
        recheck(id);
        channel.mark(id);
      }
      channel.fanOut.second(channel.viewers());
      if (!channel.fanOut.isQuiet()) {
        count();
      }
    });
  }

  /** Takes out who may not be sent what comes; what came before the change is theirs. */
  private void check(long channelId, Channel channel, long stamp) {
    channel.checked = stamp;
    channel.cohorts.check();
    List<ChannelView> out = channel.takeUnpermitted();
    out.forEach(ChannelView::unpermitted);
    if (!out.isEmpty() && channel.viewers() == 0) {
      delay.run(LINGER, () -> dropIfUnused(channelId, channel));
    }
  }

  /** Nobody knows who may be sent it: all get it from the log once that is known again. */
  private void withhold(Parcel parcel) {
    Channel channel = channels.get(parcel.channelId());
    if (channel != null) {
      channel.head = parcel.seq();
      if (!channel.withholding) {
        channel.withholding = true;
        delay.run(CLOSED_WAIT, () -> goOn(parcel.channelId(), channel));
      }
    }
  }

  private void goOn(long channelId, Channel channel) {
    if (channels.get(channelId) != channel) {
      return;
    }
    if (channel.gate.isOpen()) {
      channel.withholding = false;
      check(channelId, channel, channel.gate.stamp());
      moved(channelId, channel.head);
    } else {
      delay.run(CLOSED_WAIT, () -> goOn(channelId, channel));
    }
  }

  private void dropIfUnused(long channelId, Channel channel) {
    if (channel.viewers() == 0 && channels.remove(channelId, channel)) {
      upstreams.unfollow(channelId, inbox);
    }
  }

  /**
   * One channel's viewers: those in cohorts, and in an array those who stand alone. It is walked
   * backwards so that a viewer may leave meanwhile.
   */
  private final class Channel {

    private final FanOut fanOut = new FanOut(limits);
    private final Cohorts cohorts = new Cohorts(ticker, kept, this::add);
    private ChannelView[] views = new ChannelView[2];
    private int count;
    private boolean started;
    private long head;
    private int asking;
    private boolean passing;
    private Gate gate = Gate.OPEN;

    /** The gate's stamp when it was last looked at who may be sent events. */
    private long checked = NEVER;

    private boolean withholding;

    void guardedBy(Gate by) {
      if (!by.equals(gate)) {
        gate = by;
        checked = NEVER;
      }
    }

    List<ChannelView> takeUnpermitted() {
      List<ChannelView> out = new ArrayList<>(0);
      for (int i = count - 1; i >= 0; i--) {
        if (!views[i].permit().allowsViewing()) {
          out.add(views[i]);
          views[i] = views[--count];
          clearLast();
        }
      }
      asking -= (int) out.stream().filter(view -> view.acquaintance() != null).count();
      return out;
    }

    void add(ChannelView view) {
      if (count == views.length) {
        views = Arrays.copyOf(views, count * 2);
      }
      views[count++] = view;
    }

    boolean remove(ChannelView view) {
      for (int i = 0; i < count; i++) {
        if (views[i] == view) {
          views[i] = views[--count];
          clearLast();
          asking -= view.acquaintance() != null ? 1 : 0;
          return true;
        }
      }
      return false;
    }

    @SuppressWarnings("NullAway") // slots from count on hold nothing
    private void clearLast() {
      views[count] = null;
    }

    int viewers() {
      return count + cohorts.count();
    }

    void offer(Parcel parcel) {
      head = parcel.seq();
      adopt(head);
      if (asking > 0) {
        Introduction author = introductions.of(parcel);
        if (author != null) {
          cohorts.introduce(author); // who stands alone asks for himself
        }
      }
      cohorts.offer(parcel);
      for (int i = count - 1; i >= 0; i--) {
        views[i].offer(parcel);
      }
    }

    void introduce(Introduction one) {
      cohorts.introduce(one);
      forEach(view -> {
        Acquaintance told = view.acquaintance();
        if (told != null) {
          told.introduce(one);
        }
      });
    }

    private void adopt(long seq) {
      for (int i = count - 1; i >= 0; i--) {
        Lane lane = views[i].laneFor(seq);
        if (lane != null && cohorts.adopt(views[i], lane, seq)) {
          views[i] = views[--count];
          clearLast();
        }
      }
    }

    void pass(Parcel parcel) {
      head = parcel.seq();
      cohorts.dissolveBehind(head);
      passing = true;
      for (int i = count - 1; i >= 0; i--) {
        views[i].pass(parcel);
      }
    }

    /** Tells those of whom events were withheld where the channel is: one frame for all. */
    void mark(long channelId) {
      if (passing) {
        passing = false;
        Notice notice = MarkFrame.of(channelId, head);
        forEach(view -> view.mark(notice));
      }
    }

    void forEach(Consumer<ChannelView> action) {
      for (ChannelView view : Arrays.copyOf(views, count)) {
        action.accept(view);
      }
    }
  }
}
