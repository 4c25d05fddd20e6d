package chat.starling.gateway.runtime;

import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Removed;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import chat.starling.gateway.delivery.Acquaintance;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Introduction;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Relay;
import chat.starling.gateway.delivery.Viewer;
import chat.starling.gateway.session.Wish;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Permit;
import chat.starling.platform.permission.Permission;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a session has in view: those that its client has put into focus, and small ones
 * that came by themselves. On the session's event loop.
 */
final class Views implements Viewer, Lag {

  /** Users of one frame. */
  private static final int MOST_INTRODUCED = 200;

  /**
   * A view, and the frame that asked for it.
   *
   * @param wish null for a view that an earlier connection asked for, or nobody
   * @param own the client has put the channel into focus
   */
  private record Seat(ChannelView view, int ref, @Nullable Wish wish, boolean own) {

    Refusal refused(Refusal refusal) {
      return wish == null ? refusal : wish.refused(refusal);
    }

    Dormant.Seat dormant() {
      return new Dormant.Seat(view.channelId(), view.cursor(), view.isAnnounced(), own);
    }
  }

  private final Map<Long, Seat> seats = new HashMap<>(2);
  private final SessionParts parts;
  private final EventLoop loop;
  private final Relay relay;
  private final Identity identity;
  private final ViewOutlet outlet;
  private final ViewRetries retries;
  private final CatchUps catchUps;
  private @Nullable ViewWatcher watcher;
  private @Nullable Acquaintance acquaintance;

  Views(SessionParts parts, EventLoop loop, Identity identity, ViewOutlet outlet) {
    this.parts = parts;
    this.loop = loop;
    this.relay = parts.relays().of(loop);
    this.identity = identity;
    this.outlet = outlet;
    this.retries = new ViewRetries(loop, this::has);
    this.catchUps = new CatchUps(parts.pages(), loop, relay, outlet, retries);
  }

  /** From now on this one is told what comes and goes. */
  void watchedBy(ViewWatcher who) {
    watcher = who;
  }

  /** From now on the client is told who writes; before anything is in view. */
  void introduceAuthors() {
    acquaintance = new Acquaintance(outlet::share);
  }

  /** Tells the client who wrote what is on this page, if it wants to know. */
  void introduceAuthors(BackfillPage page) {
    if (acquaintance != null) {
      Set<Long> authors =
          page.getEventsList().stream()
              .map(event -> event.getMessagePosted().getAuthor().getUserId())
              .filter(author -> author != 0)
              .distinct()
              .limit(MOST_INTRODUCED)
              .collect(Collectors.toSet());
      relay.introductions().introduce(page.getChannelId(), authors, acquaintance);
    }
  }

  /** The channel is in view. */
  boolean has(long channelId) {
    return seats.containsKey(channelId);
  }

  /**
   * These channels and no others are in focus. A channel that stays as it is keeps its view; those
   * that came into view by themselves stay there.
   */
  void focus(int ref, List<Wish> wanted) {
    Set<Long> ids =
        wanted.stream().map(wish -> wish.view().getChannelId()).collect(Collectors.toSet());
    List.copyOf(seats.values()).stream()
        .filter(seat -> seat.own)
        .map(seat -> seat.view.channelId())
        .filter(id -> !ids.contains(id))
        .forEach(this::drop);
    wanted.forEach(wish -> focus(ref, wish));
  }

  /** Goes on with a view of an earlier connection. */
  void restore(int ref, Dormant.Seat seat) {
    ChannelView view = new ChannelView(seat.channelId(), seat.cursor(), seat.announced(), this);
    take(new Seat(view, ref, null, seat.own()));
  }

  /** Takes a channel into view that is not there, from the event after this seq on. */
  void push(long channelId, long after) {
    take(new Seat(new ChannelView(channelId, after, false, this), 0, null, false));
  }

  /** Ends the view of a channel that came by itself. */
  void endPushed(long channelId) {
    Seat seat = seats.get(channelId);
    if (seat != null && !seat.own) {
      drop(channelId);
    }
  }

  /** The channels that came into view by themselves. */
  List<Long> pushed() {
    return seats.values().stream()
        .filter(seat -> !seat.own)
        .map(seat -> seat.view.channelId())
        .toList();
  }

  /** Ends all views and says where they were. */
  List<Dormant.Seat> leave() {
    List<Dormant.Seat> left = seats.values().stream().map(Seat::dormant).toList();
    List.copyOf(seats.keySet()).forEach(this::drop);
    return left;
  }

  private void focus(int ref, Wish wish) {
    View wanted = wish.view();
    Seat seat = seats.get(wanted.getChannelId());
    long after = wanted.hasAfterSeq() ? wanted.getAfterSeq() : ChannelView.LIVE_ONLY;
    boolean kept = seat != null && keeps(seat.view, after);
    if (seat != null && kept && seat.view.permit().allowsViewing()) {
      ChannelView view = seat.view;
      if (!seat.own) {
        own(seat, ref, wish);
      }
      sayFocused(ref, view.channelId(), view.lastSeq(), view.cursor(), false);
      return;
    }
    if (seat != null) {
      after = kept ? seat.view.cursor() : after; // it goes on from there if it may
      drop(wanted.getChannelId());
    }
    take(new Seat(new ChannelView(wanted.getChannelId(), after, false, this), ref, wish, true));
  }

  private void own(Seat seat, int ref, Wish wish) {
    long channelId = seat.view.channelId();
    seats.put(channelId, new Seat(seat.view, ref, wish, true));
    if (watcher != null) {
      watcher.taken(channelId);
    }
  }

  private static boolean keeps(ChannelView view, long after) {
    return view.isAnnounced()
        && view.cursor() != ChannelView.LIVE_ONLY
        && (after == ChannelView.LIVE_ONLY || after == view.cursor());
  }

  private void take(Seat seat) {
    seats.put(seat.view.channelId(), seat);
    admit(seat.view);
  }

  private void admit(ChannelView view) {
    var _ =
        parts
            .permits()
            .check(identity, view.channelId(), Permission.VIEW_CHANNEL)
            .whenComplete((permit, fault) -> loop.execute(() -> admitted(view, permit, fault)));
  }

  private void admitted(ChannelView view, @Nullable Permit permit, @Nullable Throwable fault) {
    if (!has(view)) {
      return;
    }
    if (permit == null) {
      retries.refuseOrRetry(view, Objects.requireNonNull(fault), () -> admit(view));
    } else if (permit.allowsViewing()) {
      join(view, permit);
    } else {
      admit(view); // something has changed on the way to this loop
    }
  }

  private void join(ChannelView view, Permit permit) {
    view.permit(permit);
    if (!permit.allows(Permission.READ_HISTORY, parts.wall().millis())) {
      view.liveOnly();
    }
    relay.join(view);
    view.askAgain();
    if (watcher != null) {
      watcher.admitted(view.channelId());
    }
  }

  /** Tells the client that the channel is gone, or finds out whether it is. */
  @Override
  public void unpermitted(ChannelView view) {
    if (!has(view)) {
      return;
    }
    if (!view.permit().isKnown()) {
      admit(view);
      return;
    }
    drop(view.channelId());
    sayRemoved(view.channelId());
  }

  /** Tells the client that a channel which it knows is gone. */
  void sayRemoved(long channelId) {
    outlet.say(
        0, ServerFrame.newBuilder().setRemoved(Removed.newBuilder().setChannelId(channelId)));
  }

  @Override
  public @Nullable Acquaintance acquaintance() {
    return acquaintance;
  }

  @Override
  public void deliver(Parcel parcel) {
    if (acquaintance != null) {
      Introduction author = relay.introductions().of(parcel);
      if (author != null) {
        acquaintance.introduce(author);
      }
    }
    outlet.deliver(parcel, this);
  }

  /** Only a session that looks at nothing else gets the same as others do. */
  @Override
  public @Nullable Lane lane() {
    return seats.size() == 1 ? outlet.lane() : null;
  }

  @Override
  public void shares(ChannelView view) {
    outlet.shares(view);
  }

  @Override
  public void shared(long unknown, List<Parcel> sent) {
    outlet.shared(unknown, sent);
  }

  @Override
  public void mark(Notice notice) {
    outlet.share(notice);
  }

  @Override
  public void focused(ChannelView view, long lastSeq, long fromSeq, boolean reload) {
    Seat seat = seats.get(view.channelId());
    sayFocused(seat == null ? 0 : seat.ref, view.channelId(), lastSeq, fromSeq, reload);
  }

  @Override
  public void refused(ChannelView view, Refusal refusal) {
    Seat seat = seats.get(view.channelId());
    if (seat != null && seat.view == view) {
      drop(view.channelId());
      if (view.isAnnounced()) {
        sayRemoved(view.channelId());
      } else if (seat.own) {
        outlet.say(seat.ref, ServerFrame.newBuilder().setRefusal(seat.refused(refusal)));
      } else if (watcher != null) {
        watcher.refused(view.channelId());
      }
    }
  }

  @Override
  public void fellBehind(long channelId, long cursor) {
    Seat seat = seats.get(channelId);
    if (seat != null) {
      seat.view.fallBehind(cursor);
    } else if (watcher != null) {
      watcher.dropped(channelId, cursor); // what it was sent last has not arrived
    }
  }

  @Override
  public void caughtUp() {
    List.copyOf(seats.values()).forEach(seat -> seat.view.catchUp());
  }

  @Override
  public void read(ChannelView view, long afterSeq) {
    catchUps.read(view, afterSeq);
  }

  private boolean has(ChannelView view) {
    Seat seat = seats.get(view.channelId());
    return seat != null && seat.view == view;
  }

  private void drop(long channelId) {
    Seat seat = seats.remove(channelId);
    if (seat != null) {
      relay.leave(seat.view);
      if (watcher != null) {
        watcher.dropped(channelId, seat.view.cursor());
      }
    }
  }

  private void sayFocused(int ref, long channelId, long lastSeq, long fromSeq, boolean reload) {
    outlet.say(
        ref,
        ServerFrame.newBuilder()
            .setFocused(
                Focused.newBuilder()
                    .setChannelId(channelId)
                    .setLastSeq(lastSeq)
                    .setFromSeq(fromSeq)
                    .setReload(reload)));
  }
}
