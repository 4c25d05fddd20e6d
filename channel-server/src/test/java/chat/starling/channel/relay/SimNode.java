package chat.starling.channel.relay;

import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.FeedId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** One server: perhaps the owner of the feed, perhaps one that passes it on, or both in turn. */
final class SimNode implements Relays.Upstream, SimStream.User {

  private static final RelayBounds BOUNDS = new RelayBounds(10, 4, 1_000);

  private final String id;
  private final SimTree tree;
  private final RelayRules rules;
  private final List<SimStream> accepted = new ArrayList<>();
  private final Map<String, SimStream> above = new HashMap<>();
  private final Set<FeedSubscriber> owned = new LinkedHashSet<>();
  private Relays relays;
  private Referrals referrals;
  private long epoch;
  private long last;
  private boolean up = true;

  SimNode(String id, SimTree tree) {
    this.id = id;
    this.tree = tree;
    this.rules = new RelayRules(id, tree.ring, SimTree.DEGREE);
    this.relays = new Relays(rules, BOUNDS, this);
    this.referrals = new Referrals(Trees.FEED, rules, Stage.owner(0));
  }

  String id() {
    return id;
  }

  boolean isUp() {
    return up;
  }

  boolean owns(long ofEpoch) {
    return up && epoch == ofEpoch;
  }

  int relayed() {
    return relays.size();
  }

  void own(long ofEpoch) {
    stopOwning();
    epoch = ofEpoch;
    last = tree.head();
    referrals = new Referrals(Trees.FEED, rules, Stage.owner(ofEpoch));
  }

  /** It hears that it owns the feed under that epoch no more. */
  void disown(long ofEpoch) {
    if (epoch == ofEpoch) {
      stopOwning();
    }
  }

  private void stopOwning() {
    epoch = 0;
    List.copyOf(owned).forEach(subscriber -> subscriber.refused(Reason.REASON_NOT_OWNER));
    owned.clear();
  }

  void publish(long seq) {
    last = seq;
    owned.forEach(subscriber -> subscriber.event(Trees.event(seq)));
  }

  void tick() {
    if (up) {
      relays.tick();
    }
  }

  void crash() {
    up = false;
    epoch = 0;
    owned.clear();
    accepted.forEach(SimStream::crash);
    accepted.clear();
    above.values().forEach(SimStream::hangUp);
    above.clear();
    relays = new Relays(rules, BOUNDS, this);
  }

  void restart() {
    up = true;
  }

  void accept(SimStream stream) {
    accepted.add(stream);
    if (!up) {
      stream.crash();
    }
  }

  void subscribe(Stage stage, OptionalLong afterSeq, FeedSubscriber subscriber) {
    if (!stage.isOwner()) {
      relays.subscribe(Trees.FEED, stage, afterSeq, subscriber);
    } else if (epoch == 0 || subscriber.asker().stage().epoch() > epoch) {
      subscriber.refused(Reason.REASON_NOT_OWNER);
    } else if (!referrals.refer(subscriber, owned.size())) {
      takeOn(afterSeq, subscriber);
    }
  }

  void unsubscribe(Stage stage, FeedSubscriber subscriber) {
    if (!stage.isOwner()) {
      relays.unsubscribe(Trees.FEED, subscriber);
    } else if (owned.remove(subscriber)) {
      referrals.left(subscriber);
    }
  }

  /** An owner that is one no more does not know how far the feed is, and may think it ahead. */
  private void takeOn(OptionalLong afterSeq, FeedSubscriber subscriber) {
    long after = afterSeq.orElse(last);
    if (after > last) {
      subscriber.refused(Reason.REASON_NOT_OWNER);
      return;
    }
    long from = last - after > SimTree.REPLAYED ? last : after;
    subscriber.added(last, from);
    for (long seq = from + 1; seq <= last; seq++) {
      subscriber.event(Trees.event(seq));
    }
    owned.add(subscriber);
    referrals.joined(subscriber);
  }

  @Override
  public boolean add(String serverId, FeedId feed, OptionalLong afterSeq, Stage stage) {
    above
        .computeIfAbsent(serverId, to -> tree.open(to, this))
        .add(new Asker(id, false, stage), afterSeq);
    return true;
  }

  @Override
  public void remove(String serverId, FeedId feed) {
    SimStream stream = above.get(serverId);
    if (stream != null) {
      stream.remove();
    }
  }

  @Override
  public void added(SimStream from, long fromSeq) {
    relays.added(from.to().id(), Trees.FEED, fromSeq);
  }

  @Override
  public void event(SimStream from, long seq) {
    relays.event(from.to().id(), Trees.FEED, Trees.event(seq));
  }

  @Override
  public void refused(SimStream from, Reason reason) {
    relays.refused(from.to().id(), Trees.FEED, reason);
  }

  @Override
  public void referred(SimStream from, String serverId, Stage stage) {
    throw new AssertionError(id + " was referred to " + serverId);
  }

  @Override
  public void down(SimStream from) {
    above.remove(from.to().id(), from);
    relays.down(from.to().id());
  }
}
