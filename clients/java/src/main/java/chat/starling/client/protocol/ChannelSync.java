package chat.starling.client.protocol;

import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focused;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One channel's place in its feed: hands over each event once and in order, and knows what is
 * missing.
 *
 * <p>Events beyond a gap are held back, up to {@link #HELD_BACK}; what does not fit is forgotten
 * and comes again by backfill.
 */
final class ChannelSync {
  /** The most events that are held back while a gap is open. */
  static final int HELD_BACK = 1000;

  private static final long NOWHERE = -1;

  private final long channelId;
  private final Handover handover;
  private final Consumer<Event> next;
  private final NavigableMap<Long, Event> heldBack = new TreeMap<>();
  private long held;
  private long seen;
  private boolean lostPlace;

  /**
   * @param afterSeq the last seq that the program above holds; empty for live events only
   * @param next takes the events in order
   */
  ChannelSync(long channelId, OptionalLong afterSeq, Handover handover, Consumer<Event> next) {
    this.channelId = channelId;
    this.held = afterSeq.orElse(NOWHERE);
    this.seen = held;
    this.handover = handover;
    this.next = next;
  }

  /** The last seq handed over without a gap; empty before the channel has a place. */
  OptionalLong cursor() {
    return held == NOWHERE ? OptionalLong.empty() : OptionalLong.of(held);
  }

  /** Whether events are known to be missing after the cursor. */
  boolean hasGap() {
    return held != NOWHERE && seen > held;
  }

  /** Takes a live event. Without a place yet it is dropped: Focused says where the events begin. */
  void event(Event event) {
    if (held == NOWHERE || event.getSeq() <= held) {
      return;
    }
    seen = Math.max(seen, event.getSeq());
    if (event.getSeq() == held + 1) {
      handOver(event);
      drain();
    } else if (heldBack.size() < HELD_BACK) {
      heldBack.put(event.getSeq(), event);
    }
  }

  /** The channel is at this seq, and what is missing up to there has to be asked for. */
  void mark(long seq) {
    if (held != NOWHERE) {
      seen = Math.max(seen, seq);
    }
  }

  /** Everything above {@code from_seq} follows from here on. */
  void focused(Focused focused) {
    if (held == NOWHERE) {
      settle(focused.getFromSeq());
    } else if (focused.getFromSeq() <= held) {
      heldBack.clear();
      seen = held;
    } else if (focused.getReload()) {
      skipTo(focused.getFromSeq());
    } else {
      seen = Math.max(seen, focused.getFromSeq());
    }
    handover.focused(channelId, focused.getFromSeq(), focused.getLastSeq());
  }

  /** Takes the answer to a backfill that asked for what follows the cursor. */
  void page(BackfillPage page) {
    if (page.getEventsCount() > 0) {
      skipTo(page.getEvents(0).getSeq() - 1);
    } else {
      skipTo(Math.min(page.getLastSeq(), firstHeldBack() - 1));
    }
    page.getEventsList().forEach(this::event);
    drain();
  }

  /** Forgets its place, because the server does not know it; the next Focused gives a new one. */
  void losePlace() {
    held = NOWHERE;
    seen = NOWHERE;
    heldBack.clear();
    lostPlace = true;
  }

  private void settle(long seq) {
    held = seq;
    seen = seq;
    if (lostPlace) {
      lostPlace = false;
      handover.reload(channelId, seq);
    }
  }

  private void skipTo(long seq) {
    if (seq <= held) {
      return;
    }
    held = seq;
    seen = Math.max(seen, seq);
    heldBack.headMap(seq, true).clear();
    handover.reload(channelId, seq);
    drain();
  }

  private void drain() {
    Map.Entry<Long, Event> first = heldBack.firstEntry();
    while (first != null && first.getKey() <= held + 1) {
      heldBack.pollFirstEntry();
      if (first.getKey() > held) {
        handOver(first.getValue());
      }
      first = heldBack.firstEntry();
    }
  }

  private void handOver(Event event) {
    held = event.getSeq();
    next.accept(event);
  }

  private long firstHeldBack() {
    return heldBack.isEmpty() ? Long.MAX_VALUE : heldBack.firstKey();
  }
}
