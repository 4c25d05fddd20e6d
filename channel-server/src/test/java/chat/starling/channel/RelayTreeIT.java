package chat.starling.channel;

import static chat.starling.channel.TwoServers.append;
import static chat.starling.channel.TwoServers.patiently;
import static chat.starling.channel.TwoServers.status;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.time.SystemTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A channel with more gateways than one server takes, over real servers. */
class RelayTreeIT {

  private static final int GATEWAYS = 6;
  private static final int MOST_ASKED = 20;
  private static final String OWNER = "one";
  private static final Map<String, TestServer> servers = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    for (String id : List.of(OWNER, "two", "three", "four")) {
      servers.put(
          id,
          TestServer.start(
              "relay_tree", SystemTime.wall(), Map.of("server.id", id, "feed.relay-degree", "2")));
    }
    patiently().until(RelayTreeIT::allAgree);
  }

  @AfterAll
  static void stop() {
    servers.values().forEach(TestServer::close);
  }

  @Test
  void relayDies_whileAppendsFlow_everyGatewaySeesEverythingInOrder() {
    long channel = channel();
    List<TreeGateway> gateways =
        Stream.generate(() -> new TreeGateway(servers, OWNER, channel)).limit(GATEWAYS).toList();
    patiently().until(() -> gateways.stream().allMatch(each -> each.source() != null));
    appendAll(channel, 1, 30);
    Map<String, Long> tree = sources(gateways);
    assertThat(tree).containsEntry(OWNER, 2L).hasSize(3);
    String relay = tree.keySet().stream().filter(id -> !id.equals(OWNER)).findFirst().orElseThrow();
    appendAll(channel, 31, 60);
    server(relay).crash();
    appendAll(channel, 61, 120);
    List<Long> all = LongStream.rangeClosed(1, 120).boxed().toList();
    for (TreeGateway gateway : gateways) {
      patiently().untilAsserted(() -> assertThat(gateway.seqs()).isEqualTo(all));
    }
    assertThat(sources(gateways)).doesNotContainKey(relay);
    assertThat(gateways).extracting(TreeGateway::asked).allMatch(asked -> asked < MOST_ASKED);
    gateways.forEach(TreeGateway::close);
  }

  private static Map<String, Long> sources(List<TreeGateway> gateways) {
    return gateways.stream()
        .map(gateway -> Objects.requireNonNull(gateway.source()))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static void appendAll(long channel, int first, int last) {
    for (int i = first; i <= last; i++) {
      append(server(OWNER), channel, i);
    }
  }

  /** A channel of the first server's. */
  private static long channel() {
    RingView view = RingCodec.toView(status(server(OWNER)).getRing());
    return LongStream.iterate(1_000, id -> id + 1)
        .filter(id ->
            Objects.requireNonNull(view.ownerOf(Shard.of(FeedId.channel(id))))
                .serverId()
                .equals(OWNER))
        .findFirst()
        .orElseThrow();
  }

  private static boolean allAgree() {
    var statuses = servers.values().stream().map(TwoServers::status).toList();
    return statuses.stream().mapToInt(each -> each.getShardsCount()).sum() == Shard.COUNT
        && statuses.stream().allMatch(each -> each.getShardsCount() > Shard.COUNT / 8)
        && statuses.stream().map(each -> each.getRing()).distinct().count() == 1
        && statuses.getFirst().getRing().getMembersCount() == servers.size();
  }

  private static TestServer server(String id) {
    return Objects.requireNonNull(servers.get(id));
  }
}
