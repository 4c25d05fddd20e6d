package chat.starling.client.protocol;

import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The channels that the program wants to see, and what the server has been told of them; also those
 * that come into view by themselves, if the program wants that.
 */
final class FocusSet {
  /** One channel in view. */
  private static final class Watched {
    final ChannelSync sync;
    final GapFill fill;

    /** The program wants to see it; else it came into view, or may still be there, by itself. */
    boolean wanted;

    Watched(ChannelSync sync, GapFill fill, boolean wanted) {
      this.sync = sync;
      this.fill = fill;
      this.wanted = wanted;
    }
  }

  private final Handover handover;
  private final Consumer<Event> next;
  private final Backoff backoff;
  private final boolean push;
  private final Map<Long, Watched> channels = new LinkedHashMap<>();
  private final FocusAsk ask = new FocusAsk();

  /**
   * @param next takes the events of all channels, each channel's in order
   * @param push channels may come into view by themselves
   */
  FocusSet(Handover handover, Consumer<Event> next, Backoff backoff, boolean push) {
    this.handover = handover;
    this.next = next;
    this.backoff = backoff;
    this.push = push;
  }

  /**
   * Makes these channels the focus. A channel that is in it already keeps its place.
   *
   * @param wanted channel ids, each with the last seq held, or empty for live events only
   */
  void replace(Map<Long, OptionalLong> wanted) {
    if (push) {
      channels.forEach((id, watched) -> watched.wanted &= wanted.containsKey(id));
    } else {
      channels.keySet().retainAll(wanted.keySet());
    }
    wanted.forEach(this::want);
    ask.again(0);
  }

  /** The places to resume from; they become the focus if the server makes a new session. */
  List<Cursor> cursors() {
    List<Cursor> cursors = new ArrayList<>();
    wanted()
        .forEach((id, watched) ->
            watched
                .sync
                .cursor()
                .ifPresent(
                    seq -> cursors.add(Cursor.newBuilder().setChannelId(id).setSeq(seq).build())));
    return cursors;
  }

  /** The Hello of this ref carried {@link #cursors}. */
  void helloSent(int ref, List<Cursor> cursors) {
    List<Long> ids = new ArrayList<>();
    cursors.forEach(cursor -> ids.add(cursor.getChannelId()));
    ask.helloSent(ref, ids, ids.size() == wanted().size());
  }

  void ready(boolean resumed, Frames frames, long now) {
    if (!resumed) {
      channels.values().removeIf(watched -> !watched.wanted);
    }
    channels.values().forEach(watched -> watched.fill.forget());
    ask.ready(resumed, now);
    tick(frames, now);
  }

  void event(Event event, Frames frames, long now) {
    Watched watched = channels.get(event.getChannelId());
    if (watched != null) {
      watched.sync.event(event);
      fill(watched, frames, now);
    }
  }

  /** Events up to this seq are not coming by themselves. */
  void mark(long channelId, long lastSeq, Frames frames, long now) {
    Watched watched = channels.get(channelId);
    if (watched != null) {
      watched.sync.mark(lastSeq);
      fill(watched, frames, now);
    }
  }

  /** The channel is bumped, and so not in view by itself any more. */
  void bumped(long channelId) {
    Watched watched = channels.get(channelId);
    if (watched != null && !watched.wanted) {
      channels.remove(channelId);
    }
  }

  /** The channel has left the view by itself: the user may not see it any more. */
  void removed(long channelId) {
    Watched watched = channels.remove(channelId);
    if (watched != null && watched.wanted) {
      handover.focusRefused(channelId, Refusals.removed(channelId));
    }
  }

  void focused(int ref, Focused focused, Frames frames, long now) {
    if (push && ref == 0) {
      channels.computeIfAbsent(
          focused.getChannelId(), id -> watch(id, OptionalLong.empty(), false));
    }
    Watched watched = channels.get(focused.getChannelId());
    if (watched != null && ask.answered(ref, focused.getChannelId())) {
      watched.sync.focused(focused);
      fill(watched, frames, now);
    }
  }

  void page(int ref, BackfillPage page, Frames frames, long now) {
    Watched watched = channels.get(page.getChannelId());
    if (watched == null || !watched.fill.answeredBy(ref)) {
      return;
    }
    OptionalLong before = watched.sync.cursor();
    watched.sync.page(page);
    if (watched.sync.cursor().equals(before)) {
      watched.fill.pause(0, now);
    } else {
      watched.fill.moved();
    }
    fill(watched, frames, now);
  }

  /** Takes a refusal if it answers something that was asked from here. */
  boolean refused(int ref, Refusal refusal, long now) {
    List<Long> concerned = ask.refused(ref, refusal);
    concerned.forEach(id -> refuseChannel(id, refusal, now));
    if (!concerned.isEmpty()) {
      return true;
    }
    for (Map.Entry<Long, Watched> entry : channels.entrySet()) {
      if (entry.getValue().fill.answeredBy(ref)) {
        entry.getValue().fill.pause(Refusals.retryAfterMillis(refusal), now);
        refuseChannel(entry.getKey(), refusal, now);
        return true;
      }
    }
    return false;
  }

  void tick(Frames frames, long now) {
    if (ask.dueAt() <= now) {
      ask.told(frames.write(focusFrame()), wanted().keySet(), now);
    }
    channels.values().forEach(watched -> fill(watched, frames, now));
  }

  long nextDeadline() {
    long next = ask.dueAt();
    for (Watched watched : channels.values()) {
      if (watched.sync.hasGap()) {
        next = Math.min(next, watched.fill.askAt());
      }
    }
    return next;
  }

  private Map<Long, Watched> wanted() {
    Map<Long, Watched> wanted = new LinkedHashMap<>(channels);
    wanted.values().removeIf(watched -> !watched.wanted);
    return wanted;
  }

  /** A program that says where it is has its reasons, whatever came by itself. */
  private void want(long channelId, OptionalLong afterSeq) {
    Watched known = channels.get(channelId);
    if (known == null || (!known.wanted && afterSeq.isPresent())) {
      channels.put(channelId, watch(channelId, afterSeq, true));
    } else {
      known.wanted = true;
    }
  }

  private Watched watch(long channelId, OptionalLong afterSeq, boolean wanted) {
    return new Watched(
        new ChannelSync(channelId, afterSeq, handover, next),
        new GapFill(channelId, backoff),
        wanted);
  }

  private void fill(Watched watched, Frames frames, long now) {
    if (watched.sync.hasGap()) {
      watched.sync.cursor().ifPresent(cursor -> watched.fill.ask(cursor, frames, now));
    }
  }

  private void refuseChannel(long channelId, Refusal refusal, long now) {
    Watched watched = channels.get(channelId);
    if (watched == null) {
      return;
    }
    if (!watched.wanted) {
      if (!Refusals.passing(refusal)) {
        channels.remove(channelId);
      }
    } else if (refusal.getReason() == Reason.REASON_CURSOR_AHEAD) {
      watched.sync.losePlace();
      ask.again(now);
    } else if (Refusals.passing(refusal)) {
      ask.again(now + Math.max(Refusals.retryAfterMillis(refusal), backoff.delay(1)));
    } else {
      channels.remove(channelId);
      handover.focusRefused(channelId, refusal);
    }
  }

  private ClientFrame.Builder focusFrame() {
    Focus.Builder focus = Focus.newBuilder();
    wanted()
        .forEach((id, watched) -> {
          View.Builder view = View.newBuilder().setChannelId(id);
          watched.sync.cursor().ifPresent(view::setAfterSeq);
          focus.addViews(view);
        });
    return ClientFrame.newBuilder().setFocus(focus);
  }
}
