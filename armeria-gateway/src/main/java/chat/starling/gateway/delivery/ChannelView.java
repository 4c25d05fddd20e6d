package chat.starling.gateway.delivery;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session's view of one channel: brings the backlog after a cursor and the live events together
 * without a gap and without a repetition.
 *
 * <p>A view waits for its relay, then either is live at once or catches up by pages of the log
 * while live events are held. What does not fit into the bounded hold is read from the log again. A
 * live view that sees a seq ahead of the one it expects goes back to catching up, so nothing
 * upstream has to be perfect.
 */
public final class ChannelView implements Lane.Tenant {

  /** A cursor that asks for live events only. */
  public static final long LIVE_ONLY = -1;

  /** How far behind a new view may be and still be replayed. */
  public static final int REPLAY_LIMIT = 1000;

  private static final int HOLD_LIMIT = 256;

  private static final ArrayDeque<Parcel> NOTHING = new ArrayDeque<>(0);

  private enum State {
    WAITING,
    CATCHING_UP,
    LIVE,
    BEHIND,
    ENDED
  }

  private final long channelId;
  private final Viewer viewer;

  /** Live events while it catches up. Most views never do; nothing is ever added to the first. */
  private ArrayDeque<Parcel> held = NOTHING;

  private State state = State.WAITING;
  private boolean announced;

  private ViewPermit permit = ViewPermit.ALWAYS;

  /** The cursor that the view began with, for as long as it waits. */
  private long afterSeq;

  /** The seq that the viewer gets next. */
  private long next;

  /** The highest seq known to have been published. */
  private long published;

  /** Who writes to the viewer together with others; null while the view stands alone. */
  private @Nullable Cohort cohort;

  private int lane;

  /** The first event that was passed over and of which the viewer does not know; 0 for none. */
  private long passed;

  /**
   * @param afterSeq the last seq that the client holds, or {@link #LIVE_ONLY}
   * @param announced the client knows of this view already and is not told of its start
   */
  public ChannelView(long channelId, long afterSeq, boolean announced, Viewer viewer) {
    this.channelId = channelId;
    this.afterSeq = afterSeq;
    this.announced = announced;
    this.viewer = viewer;
  }

  /** The channel that this is a view of. */
  public long channelId() {
    return channelId;
  }

  /** By which permit the viewer is sent events from now on. */
  public void permit(ViewPermit by) {
    permit = by;
  }

  /** By which permit the viewer is sent events. */
  public ViewPermit permit() {
    return permit;
  }

  /** What was before is not for the viewer: the view begins with what comes. */
  public void liveOnly() {
    if (state == State.WAITING) {
      afterSeq = LIVE_ONLY;
    }
  }

  /** The viewer may not be sent events any more. */
  void unpermitted() {
    viewer.unpermitted(this);
  }

  /** Up to where the viewer has the channel; {@link #LIVE_ONLY} while that is not known. */
  public long cursor() {
    if (cohort != null) {
      return cohort.next() - 1;
    }
    return state == State.WAITING ? afterSeq : (passed == 0 ? next : passed) - 1;
  }

  /** The client has been told of the view's start. */
  public boolean isAnnounced() {
    return announced;
  }

  /** No more backlog is due: events are delivered as they are published. */
  public boolean isLive() {
    return state == State.LIVE;
  }

  /** Whom the viewer was told of; null when it does not want to be told of anybody. */
  @Nullable Acquaintance acquaintance() {
    return viewer.acquaintance();
  }

  /** The highest seq that this view knows of. */
  public long lastSeq() {
    return Math.max(published, (cohort == null ? next : cohort.next()) - 1);
  }

  /** The relay follows the channel: every event after {@code head} will be offered. */
  public void started(long head) {
    if (state != State.WAITING) {
      moved(head);
      return;
    }
    published = head;
    next = (afterSeq == LIVE_ONLY ? head : afterSeq) + 1;
    if (next == head + 1) {
      state = State.LIVE;
      announce(head, head, false);
    } else {
      state = State.CATCHING_UP;
      viewer.read(this, next - 1);
    }
  }

  /** A live event. */
  public void offer(Parcel parcel) {
    long seq = parcel.seq();
    if (state == State.LIVE && seq == next) {
      next++;
      passed = 0; // a client that is sent an event beyond a gap knows of the gap
      viewer.deliver(parcel);
    } else if (state == State.BEHIND) {
      published = Math.max(published, seq);
    } else if (state != State.WAITING && state != State.ENDED && seq >= next) {
      hold(parcel);
    }
  }

  /** A live event while there are too many: a viewer who has all before it is not sent it. */
  public void pass(Parcel parcel) {
    if (state == State.LIVE && parcel.seq() == next) {
      passed = passed == 0 ? next : passed;
      next++;
    } else {
      offer(parcel);
    }
  }

  /** Tells of what was passed over. */
  public void mark(Notice notice) {
    if (passed != 0 && state != State.ENDED) {
      passed = 0;
      viewer.mark(notice);
    }
  }

  /** The channel is at {@code head} by now, and events up to it may never be offered. */
  public void moved(long head) {
    published = Math.max(published, head);
    if (state == State.LIVE && head >= next) {
      state = State.CATCHING_UP;
      viewer.read(this, next - 1);
    }
  }

  /** The events that {@link Viewer#read} asked for after this seq. */
  public void page(long afterSeq, Page page) {
    if (state != State.CATCHING_UP || afterSeq != next - 1) {
      return; // asked for before the view fell behind
    }
    long before = next;
    published = Math.max(published, page.lastSeq());
    begin(page);
    if (state == State.ENDED) {
      return;
    }
    page.parcels().forEach(this::deliverOnce);
    deliverHeld();
    if (state != State.CATCHING_UP) {
      return;
    }
    if (next > published) {
      state = State.LIVE;
    } else if (next == before) {
      leap();
    } else {
      viewer.read(this, next - 1);
    }
  }

  /** What it waited for may not come any more: it asks again. */
  public void askAgain() {
    if (state == State.CATCHING_UP) {
      viewer.read(this, next - 1);
    }
  }

  /** The read was refused for good. */
  public void refuse(Refusal refusal) {
    if (state != State.ENDED) {
      end();
      viewer.refused(this, refusal);
    }
  }

  /** What was delivered after this seq could not be kept for the client: it will read it itself. */
  public void fallBehind(long cursor) {
    if (state == State.WAITING) {
      afterSeq = Math.min(afterSeq, cursor);
    } else if (state != State.ENDED && cursor < next - 1) {
      published = Math.max(published, next - 1);
      next = cursor + 1;
      passed = 0;
      held = NOTHING;
      state = State.BEHIND;
    }
  }

  /** The client reads again: it is told where the channel is, and live events go on from there. */
  public void catchUp() {
    if (state == State.BEHIND) {
      next = published + 1;
      state = State.LIVE;
      viewer.mark(MarkFrame.of(channelId, published));
    }
  }

  /** What happens to the viewer from now on does not happen to others. */
  public void standAlone() {
    if (cohort != null) {
      cohort.remove(lane);
    }
  }

  @Override
  public void mustLeave() {
    standAlone();
  }

  /** The lane by which this view's viewer could get {@code seq} together with others. */
  @Nullable Lane laneFor(long seq) {
    return state == State.LIVE && seq == next && passed == 0 ? viewer.lane() : null;
  }

  /** The view is in this cohort, at this place. */
  void joined(Cohort by, int place) {
    boolean first = cohort == null;
    cohort = by;
    lane = place;
    if (first) {
      viewer.shares(this);
    }
  }

  /** The view is in no cohort any more, and was sent everything up to before this seq. */
  void fellOut(long seq, Recent recent) {
    cohort = null;
    long from = next;
    next = seq;
    List<Parcel> kept = new ArrayList<>();
    for (long at = seq - 1; at >= from; at--) {
      Parcel parcel = recent.get(at);
      if (parcel == null) {
        break;
      }
      kept.add(parcel);
    }
    viewer.shared(seq - from - kept.size(), kept.reversed());
  }

  /** Nothing comes out of this view any more. */
  public void end() {
    standAlone();
    state = State.ENDED;
    held = NOTHING;
  }

  private void hold(Parcel parcel) {
    if (state == State.LIVE) {
      state = State.CATCHING_UP;
      viewer.read(this, next - 1);
    }
    if (held.isEmpty()) {
      held = new ArrayDeque<>();
    } else if (held.size() == HOLD_LIMIT) {
      held.removeFirst();
    }
    held.addLast(parcel);
    published = Math.max(published, parcel.seq());
  }

  /** Decides at the first page of a new view whether the backlog is replayed. */
  private void begin(Page page) {
    if (announced) {
      return;
    }
    long last = page.lastSeq();
    if (next > last + 1) {
      refuse(cursorAhead(last));
    } else if (last - next >= REPLAY_LIMIT || startsBeyond(page)) {
      next = last + 1;
      announce(last, last, true);
    } else {
      announce(last, next - 1, false);
    }
  }

  private boolean startsBeyond(Page page) {
    return !page.parcels().isEmpty() && page.parcels().getFirst().seq() > next;
  }

  private void deliverOnce(Parcel parcel) {
    if (state != State.ENDED && state != State.BEHIND && parcel.seq() >= next) {
      next = parcel.seq() + 1;
      viewer.deliver(parcel);
    }
  }

  private void deliverHeld() {
    while (!held.isEmpty() && held.peekFirst().seq() <= next) {
      deliverOnce(held.removeFirst());
    }
  }

  /** The log has nothing at the seq that is due (its retention is over): go on where it has. */
  private void leap() {
    while (!held.isEmpty()) {
      deliverOnce(held.removeFirst());
    }
    if (state == State.CATCHING_UP) {
      next = Math.max(next, published + 1);
      state = State.LIVE;
    }
  }

  private void announce(long lastSeq, long fromSeq, boolean reload) {
    if (!announced) {
      announced = true;
      viewer.focused(this, lastSeq, fromSeq, reload);
    }
  }

  private Refusal cursorAhead(long last) {
    return Refuse.because(Reason.REASON_CURSOR_AHEAD)
        .field("after_seq")
        .value(next - 1)
        .expected("0.." + last)
        .build();
  }
}
