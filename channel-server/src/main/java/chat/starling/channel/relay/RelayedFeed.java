package chat.starling.channel.relay;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.message.Tombstone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One feed that this server passes on: what came last, and to whom it goes. Until the server above
 * has answered, everybody waits. It is as far as that server's stream brought it, perhaps behind
 * those who subscribe: they get what is new to them once it is there.
 */
final class RelayedFeed {

  /** What is asked for beyond the first subscriber's cursor: others come with it that lack more. */
  private static final long LEAD = 64;

  private final Stage stage;
  private final RelayBounds bounds;
  private final Referrals referrals;
  private final Map<FeedSubscriber, OptionalLong> waiting = new LinkedHashMap<>();
  private final Set<FeedSubscriber> live = new LinkedHashSet<>();
  private final Map<FeedSubscriber, Long> ahead = new LinkedHashMap<>();
  private final Deque<SubscribeResponse> tail = new ArrayDeque<>();
  private long tailBytes;
  private long head;
  private boolean standing;
  private boolean idle;

  RelayedFeed(FeedId id, Stage stage, RelayRules rules, RelayBounds bounds) {
    this.stage = stage;
    this.bounds = bounds;
    this.referrals = new Referrals(id, rules, stage);
  }

  /** This server's place in the feed's tree. */
  Stage stage() {
    return stage;
  }

  /** From where the server above is asked, for a first subscriber. */
  static OptionalLong lead(OptionalLong afterSeq) {
    return afterSeq.isEmpty()
        ? afterSeq
        : OptionalLong.of(Math.max(0, afterSeq.getAsLong() - LEAD));
  }

  /** Takes a subscriber on, or refers it further down. */
  void add(FeedSubscriber subscriber, OptionalLong afterSeq) {
    idle = false;
    if (referrals.refer(subscriber, size())) {
      return;
    }
    referrals.joined(subscriber);
    if (standing) {
      begin(subscriber, afterSeq);
    } else {
      waiting.put(subscriber, afterSeq);
    }
  }

  void remove(FeedSubscriber subscriber) {
    boolean was = live.remove(subscriber);
    was |= waiting.remove(subscriber) != null;
    was |= ahead.remove(subscriber) != null;
    if (was) {
      referrals.left(subscriber);
    }
  }

  /** The server above has answered; false when events between have been lost. */
  boolean added(long fromSeq) {
    if (standing) {
      return fromSeq <= head;
    }
    standing = true;
    head = fromSeq;
    waiting.forEach(this::begin);
    waiting.clear();
    return true;
  }

  /** Passes an event on, and none twice; false when some before it have been lost. */
  boolean event(SubscribeResponse event) {
    long seq = event.getEvent().getSeq();
    if (!standing || seq <= head) {
      return true;
    }
    if (seq > head + 1) {
      return false;
    }
    head = seq;
    keep(event);
    for (FeedSubscriber subscriber : live) {
      subscriber.event(event);
    }
    if (!ahead.isEmpty()) {
      catchUp();
    }
    return true;
  }

  /** Turns everybody away. */
  void refuseAll(Reason reason) {
    List<FeedSubscriber> all = new ArrayList<>(live);
    all.addAll(waiting.keySet());
    all.addAll(ahead.keySet());
    all.forEach(subscriber -> subscriber.refused(reason));
    live.clear();
    waiting.clear();
    ahead.clear();
  }

  /** Whether nobody has been here since this was asked last. */
  boolean idles() {
    boolean before = idle;
    idle = size() == 0;
    return before && idle;
  }

  private int size() {
    return live.size() + waiting.size() + ahead.size();
  }

  /** Replays what is held; who lacks more is told that the events begin later. */
  private void begin(FeedSubscriber subscriber, OptionalLong afterSeq) {
    long after = afterSeq.orElse(head);
    if (after > head) {
      subscriber.added(after, after);
      ahead.put(subscriber, after);
      return;
    }
    long from = after < head - tail.size() ? head : after;
    subscriber.added(head, from);
    for (SubscribeResponse event : tail) {
      if (event.getEvent().getSeq() > from) {
        subscriber.event(event);
      }
    }
    live.add(subscriber);
  }

  private void catchUp() {
    ahead.entrySet().removeIf(entry -> entry.getValue() <= head && live.add(entry.getKey()));
  }

  private void keep(SubscribeResponse event) {
    if (event.getEvent().getDeletesSeq() != 0) {
      delete(event.getEvent());
    }
    tail.add(event);
    tailBytes += bytes(event);
    while (tail.size() > bounds.tailEvents() || tailBytes > bounds.tailBytes()) {
      tailBytes -= bytes(tail.remove());
    }
  }

  /** Takes the text of the message that the event deletes out of what is held. */
  private void delete(FeedEvent deletion) {
    long by = Tombstone.deletedBy(deletion.getFrame());
    List<SubscribeResponse> held = new ArrayList<>(tail);
    tail.clear();
    for (SubscribeResponse event : held) {
      boolean meant = event.getEvent().getSeq() == deletion.getDeletesSeq();
      SubscribeResponse kept = meant ? without(event, by) : event;
      tailBytes += bytes(kept) - bytes(event);
      tail.add(kept);
    }
  }

  private static SubscribeResponse without(SubscribeResponse event, long deletedBy) {
    SubscribeResponse.Builder copy = event.toBuilder();
    copy.getEventBuilder().setFrame(Tombstone.ofFrame(event.getEvent().getFrame(), deletedBy));
    return copy.build();
  }

  private static int bytes(SubscribeResponse event) {
    return event.getEvent().getFrame().size() + event.getEvent().getWorkspaceEvent().size();
  }
}
