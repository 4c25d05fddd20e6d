package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One channel's viewers on one event loop: those in cohorts, and in an array those who stand alone.
 * It is walked backwards so that a viewer may leave meanwhile. Confined to its event loop.
 */
final class ViewedChannel {

  private static final long NEVER = Long.MIN_VALUE;

  private final FanOut fanOut;
  private final Cohorts cohorts;
  private ChannelView[] views = new ChannelView[2];
  private int count;
  private boolean started;
  private long head;

  /** How many of all want to know who writes. */
  private int asking;

  private boolean passing;
  private boolean withholding;
  private Gate gate = Gate.OPEN;

  /** The gate's stamp when it was last looked at who may be sent events. */
  private long checked = NEVER;

  /**
   * @param fanOut up to where events flow to each viewer
   * @param kept events that a session keeps for a resume; a power of two
   */
  ViewedChannel(FanOut fanOut, Ticker ticker, int kept) {
    this.fanOut = fanOut;
    this.cohorts = new Cohorts(ticker, kept, this::add);
  }

  boolean isStarted() {
    return started;
  }

  /** It is known who may be sent events. */
  boolean isOpen() {
    return gate.isOpen();
  }

  int viewers() {
    return count + cohorts.count();
  }

  /** Adds a view, which starts as soon as the channel does. */
  void join(ChannelView view) {
    Gate by = view.permit().gate();
    if (!by.equals(gate)) {
      gate = by;
      checked = NEVER;
    }
    add(view);
    asking += view.acquaintance() != null ? 1 : 0;
    if (started) {
      view.started(head);
    }
  }

  /** Takes a view out that stands alone. */
  boolean remove(ChannelView view) {
    for (int i = 0; i < count; i++) {
      if (views[i] == view) {
        removeAt(i);
        asking -= view.acquaintance() != null ? 1 : 0;
        return true;
      }
    }
    return false;
  }

  /** The channel is followed from this seq on. */
  void start(long at) {
    started = true;
    head = at;
    cohorts.dissolveBehind(head);
    forEach(view -> view.started(head));
  }

  /** Events up to this seq have not come and will not. */
  void move(long to) {
    head = Math.max(head, to);
    cohorts.dissolveBehind(head);
    forEach(view -> view.moved(head));
  }

  /**
   * The next event: for all, or passed over when there are too many to flow.
   *
   * @return to how many it was offered
   */
  int event(Parcel parcel, Introductions who) {
    int viewers = viewers();
    if (fanOut.event(viewers)) {
      offer(parcel, who);
      return viewers;
    }
    pass(parcel);
    return 0;
  }

  private void offer(Parcel parcel, Introductions who) {
    head = parcel.seq();
    adopt(head);
    if (asking > 0) {
      Introduction author = who.of(parcel);
      if (author != null) {
        cohorts.introduce(author); // who stands alone asks for himself
      }
    }
    cohorts.offer(parcel);
    for (int i = count - 1; i >= 0; i--) {
      views[i].offer(parcel);
    }
  }

  private void adopt(long seq) {
    for (int i = count - 1; i >= 0; i--) {
      Lane lane = views[i].laneFor(seq);
      if (lane != null && cohorts.adopt(views[i], lane, seq)) {
        removeAt(i);
      }
    }
  }

  private void pass(Parcel parcel) {
    head = parcel.seq();
    cohorts.dissolveBehind(head);
    passing = true;
    for (int i = count - 1; i >= 0; i--) {
      views[i].pass(parcel);
    }
  }

  /** Events were passed over of which nobody has been told. */
  boolean isPassing() {
    return passing;
  }

  /** Tells those of whom events were withheld where the channel is: one frame for all. */
  void mark(long channelId) {
    passing = false;
    Notice notice = MarkFrame.of(channelId, head);
    forEach(view -> view.mark(notice));
  }

  /** A second is over; false when there were no events for long. */
  boolean second() {
    fanOut.second(viewers());
    return !fanOut.isQuiet();
  }

  /** Tells viewers who want it who somebody is who writes. */
  void introduce(Introduction one) {
    cohorts.introduce(one);
    forEach(view -> {
      Acquaintance told = view.acquaintance();
      if (told != null) {
        told.introduce(one);
      }
    });
  }

  /**
   * Takes out who may not be sent what comes, if that may have changed; what came before the change
   * is theirs.
   *
   * @return whether anybody was
   */
  boolean check() {
    return gate.stamp() != checked && takeOut();
  }

  /** Notes an event that nobody may be sent yet; false when one before it waits already. */
  boolean withhold(Parcel parcel) {
    head = parcel.seq();
    boolean first = !withholding;
    withholding = true;
    return first;
  }

  /** It is known again who may be sent what was withheld; whether anybody may not. */
  boolean goOn() {
    withholding = false;
    boolean out = takeOut();
    move(head);
    return out;
  }

  private boolean takeOut() {
    checked = gate.stamp();
    cohorts.check();
    List<ChannelView> out = takeUnpermitted();
    out.forEach(ChannelView::unpermitted);
    return !out.isEmpty();
  }

  private List<ChannelView> takeUnpermitted() {
    List<ChannelView> out = new ArrayList<>(0);
    for (int i = count - 1; i >= 0; i--) {
      if (!views[i].permit().allowsViewing()) {
        out.add(views[i]);
        removeAt(i);
      }
    }
    asking -= (int) out.stream().filter(view -> view.acquaintance() != null).count();
    return out;
  }

  private void add(ChannelView view) {
    if (count == views.length) {
      views = Arrays.copyOf(views, count * 2);
    }
    views[count++] = view;
  }

  @SuppressWarnings("NullAway") // slots from count on hold nothing
  private void removeAt(int i) {
    views[i] = views[--count];
    views[count] = null;
  }

  private void forEach(Consumer<ChannelView> action) {
    for (ChannelView view : Arrays.copyOf(views, count)) {
      action.accept(view);
    }
  }
}
