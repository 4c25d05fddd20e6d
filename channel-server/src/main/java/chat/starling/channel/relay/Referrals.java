package chat.starling.channel.relay;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom one server refers the subscribers of one feed to that are too many for it. Each feed has an
 * order of its own of all members. The first one is filled up to the degree before the second one
 * is begun; when as many as the degree are full, all of them get more in turn. Those that were
 * relays and have gone come last: they may have died. On the loop of the feed.
 */
public final class Referrals {

  private final FeedId feed;
  private final RelayRules rules;
  private final Stage stage;
  private @Nullable Map<String, Relay> relays;

  /**
   * @param stage this server's place in the feed's tree
   */
  public Referrals(FeedId feed, RelayRules rules, Stage stage) {
    this.feed = feed;
    this.rules = rules;
    this.stage = stage;
  }

  /**
   * Refers a new subscriber elsewhere, if there are enough and somebody else is there.
   *
   * @param served subscribers that there are
   * @return false if it is to be served here
   */
  public boolean refer(FeedSubscriber subscriber, int served) {
    if (served < rules.degree() || !mayFollow(subscriber.asker())) {
      return false;
    }
    Optional<String> next = next(rules.ring().current());
    next.ifPresent(serverId -> {
      relay(serverId).sent++;
      subscriber.referred(serverId, stage.below(rules.serverId()));
    });
    return next.isPresent();
  }

  /** Somebody has been taken on as a subscriber. */
  public void joined(FeedSubscriber subscriber) {
    if (subscriber.asker().isRelay()) {
      relay(subscriber.asker().relay()).gone = false;
    }
  }

  /** Somebody is no subscriber any more. */
  public void left(FeedSubscriber subscriber) {
    if (subscriber.asker().isRelay()) {
      Relay relay = relay(subscriber.asker().relay());
      relay.gone = true;
      relay.sent = 0;
    }
  }

  /** Each referral leads further down than the one before, so there is a last one. */
  private boolean mayFollow(Asker asker) {
    return asker.followsReferrals() && stage.mayGrow() && !stage.isAbove(asker.stage());
  }

  private Optional<String> next(RingView view) {
    return view.members().stream()
        .filter(member -> member.state() == MemberState.ACTIVE)
        .map(Member::serverId)
        .filter(id -> !id.equals(rules.serverId()) && !stage.path().contains(id))
        .sorted(Comparator.comparing(this::isGone).thenComparingLong(this::weight))
        .limit(rules.degree())
        .min(Comparator.comparing(this::isGone).thenComparingInt(this::rounds));
  }

  private boolean isGone(String serverId) {
    Relay relay = relays == null ? null : relays.get(serverId);
    return relay != null && relay.gone;
  }

  private int rounds(String serverId) {
    Relay relay = relays == null ? null : relays.get(serverId);
    return relay == null ? 0 : relay.sent / rules.degree();
  }

  private long weight(String serverId) {
    return Hashing.farmHashFingerprint64()
        .newHasher()
        .putLong(feed.id())
        .putInt(feed.kind().code())
        .putString(serverId, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }

  private Relay relay(String serverId) {
    if (relays == null) {
      relays = new HashMap<>();
    }
    return relays.computeIfAbsent(serverId, id -> new Relay());
  }

  /** One member, as far as this server has referred anybody to it. */
  private static final class Relay {
    private int sent;
    private boolean gone;
  }
}
