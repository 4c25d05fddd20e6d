package chat.starling.channel.owner;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.feed.Feed;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.LogReader;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.Referrals;
import chat.starling.channel.relay.RelayRules;
import chat.starling.channel.relay.Stage;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Who subscribes to one feed: brings each to the last event without a gap, then all along. */
final class FeedSubscribers {

  private final FeedId id;
  private final Feed feed;
  private final LogReader log;
  private final Loop loop;
  private final int maxReplay;
  private final long epoch;
  private final Referrals referrals;
  private final LongSupplier shown;
  private final Set<FeedSubscriber> live = new LinkedHashSet<>();
  private final Set<FeedSubscriber> joining = new HashSet<>();

  /**
   * Nobody subscribes yet.
   *
   * @param shown the last event that subscribers hear of now
   */
  FeedSubscribers(
      FeedId id,
      long epoch,
      Feed feed,
      LogReader log,
      Loop loop,
      int maxReplay,
      RelayRules rules,
      LongSupplier shown) {
    this.id = id;
    this.feed = feed;
    this.log = log;
    this.loop = loop;
    this.maxReplay = maxReplay;
    this.epoch = epoch;
    this.shown = shown;
    this.referrals = new Referrals(id, rules, Stage.owner(epoch));
  }

  /** Whether nobody is here. */
  boolean isEmpty() {
    return live.isEmpty() && joining.isEmpty();
  }

  /** Adds a subscriber to a feed whose state may be shown, or refers it to a relay. */
  void add(FeedSubscriber subscriber, OptionalLong afterSeq) {
    if (subscriber.asker().stage().epoch() > epoch) {
      subscriber.refused(Reason.REASON_NOT_OWNER);
    } else if (id.kind() == FeedKind.WORKSPACE
        || !referrals.refer(subscriber, live.size() + joining.size())) {
      takeOn(subscriber, afterSeq);
    }
  }

  private void takeOn(FeedSubscriber subscriber, OptionalLong afterSeq) {
    long last = shown.getAsLong();
    long after = afterSeq.orElse(last);
    if (after > last) {
      subscriber.refused(Reason.REASON_CURSOR_AHEAD);
    } else if (last - after > maxReplay) {
      begin(subscriber, last, List.of());
    } else if (after + 1 >= feed.tail().first()) {
      begin(subscriber, after, List.of());
    } else {
      join(subscriber, after);
    }
  }

  /** Whether this one is here, or about to be. */
  boolean has(FeedSubscriber subscriber) {
    return live.contains(subscriber) || joining.contains(subscriber);
  }

  /** Turns the subscribers of one process away. */
  void refuse(long process, Reason reason) {
    Stream.concat(live.stream(), joining.stream())
        .filter(subscriber -> subscriber.process() == process)
        .toList()
        .forEach(subscriber -> {
          remove(subscriber);
          subscriber.refused(reason);
        });
  }

  /** Takes a subscriber away, whether or not it is there. */
  void remove(FeedSubscriber subscriber) {
    boolean was = live.remove(subscriber);
    was |= joining.remove(subscriber);
    if (was) {
      referrals.left(subscriber);
    }
  }

  /** Hands the next event to everybody. */
  void publish(FeedEntry entry, String traceparent) {
    if (live.isEmpty()) {
      return;
    }
    SubscribeResponse event = entry.toResponse(id, traceparent);
    for (FeedSubscriber subscriber : live) {
      subscriber.event(event);
    }
  }

  /** Turns everybody away. */
  void refuseAll(Reason reason) {
    live.forEach(subscriber -> subscriber.refused(reason));
    joining.forEach(subscriber -> subscriber.refused(reason));
    live.clear();
    joining.clear();
  }

  private void join(FeedSubscriber subscriber, long after) {
    joining.add(subscriber);
    log.settled(id, feed.starts(), after + 1, feed.tail().first() - 1)
        .whenComplete(
            (found, fault) -> loop.execute(() -> joined(subscriber, after, found, fault)));
  }

  private void joined(
      FeedSubscriber subscriber, long after, List<FeedEntry> found, Throwable fault) {
    if (!joining.remove(subscriber)) {
      return;
    }
    if (fault != null) {
      subscriber.refused(Reason.REASON_UNAVAILABLE);
    } else if (continuous(after, found)) {
      begin(subscriber, after, found);
    } else {
      begin(subscriber, shown.getAsLong(), List.of());
    }
  }

  private boolean continuous(long after, List<FeedEntry> found) {
    return !found.isEmpty()
        && found.getFirst().seq() == after + 1
        && found.getLast().seq() + 1 >= feed.tail().first();
  }

  /** Replays what was found, then the hot tail behind it. */
  private void begin(FeedSubscriber subscriber, long from, List<FeedEntry> found) {
    long last = shown.getAsLong();
    subscriber.added(last, from);
    found.forEach(entry -> subscriber.event(entry.toResponse(id, "")));
    long next = found.isEmpty() ? from + 1 : found.getLast().seq() + 1;
    for (long seq = next; seq <= last; seq++) {
      subscriber.event(feed.tail().get(seq).toResponse(id, ""));
    }
    live.add(subscriber);
    referrals.joined(subscriber);
  }
}
