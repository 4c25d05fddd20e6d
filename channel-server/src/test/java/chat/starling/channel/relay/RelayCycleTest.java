package chat.starling.channel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.FeedId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/**
 * Relays that have all lost the feed while gateways are on their way to them with referrals that
 * each of them gave before.
 */
class RelayCycleTest {

  private static final int EPOCH = 5;

  private final Map<String, Relays> servers = new HashMap<>();
  private final Queue<Runnable> onTheirWay = new ArrayDeque<>();

  @Test
  void referralsToEachOther_ofTwo_nobodyWaitsForEver() {
    Subscriber first = join("s1", "s2");
    Subscriber second = join("s2", "s1");
    deliver();
    assertThat(first.told).containsExactly(Reason.REASON_NOT_OWNER.name());
    assertThat(second.told).containsExactly(Reason.REASON_NOT_OWNER.name());
  }

  @Test
  void referralsToEachOther_ofThree_nobodyWaitsForEver() {
    Subscriber first = join("s1", "s2");
    Subscriber second = join("s2", "s3");
    Subscriber third = join("s3", "s1");
    deliver();
    assertThat(List.of(first, second, third))
        .allSatisfy(each -> assertThat(each.told).containsExactly(Reason.REASON_NOT_OWNER.name()));
    assertThat(servers.values()).allMatch(relays -> relays.size() == 0);
  }

  /** A gateway comes to a server to which another one, below the owner s0, has referred it. */
  private Subscriber join(String server, String by) {
    Subscriber gateway = Subscriber.gateway();
    Stage stage = new Stage(EPOCH, List.of("s0", by));
    relays(server).subscribe(Trees.FEED, stage, OptionalLong.empty(), gateway);
    return gateway;
  }

  private void deliver() {
    Runnable next = onTheirWay.poll();
    while (next != null) {
      next.run();
      next = onTheirWay.poll();
    }
  }

  private Relays relays(String id) {
    return servers.computeIfAbsent(
        id,
        self ->
            new Relays(
                new RelayRules(self, Trees.ring(4), 2),
                new RelayBounds(2, 3, 1_000),
                new Wire(self)));
  }

  /** What one server asks of the others; refusals go back the same way. */
  private final class Wire implements Relays.Upstream {

    private final String self;

    Wire(String self) {
      this.self = self;
    }

    @Override
    public boolean add(String serverId, FeedId feed, OptionalLong afterSeq, Stage stage) {
      Subscriber asking = Subscriber.relay(self, stage);
      onTheirWay.add(() -> {
        relays(serverId).subscribe(feed, stage, afterSeq, asking);
        asking.onRefused(reason ->
            onTheirWay.add(
                () -> Objects.requireNonNull(servers.get(self)).refused(serverId, feed, reason)));
      });
      return true;
    }

    @Override
    public void remove(String serverId, FeedId feed) {}
  }
}
