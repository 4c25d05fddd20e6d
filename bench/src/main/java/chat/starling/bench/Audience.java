package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.drain.CrowdPlan;
import chat.starling.bench.fanout.GatewaySource;
import chat.starling.bench.load.Channels;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.issuer.TokenIssuer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A channel of a stack, and users that may look at it.
 *
 * @param channelId the channel
 * @param tokens of its members
 */
record Audience(long channelId, List<String> tokens) {

  /** Makes a channel with so many members. */
  static Audience of(BenchServers servers, ChannelServerClient client, int users) {
    List<String> names = IntStream.range(0, users).mapToObj(i -> "viewer-" + i).toList();
    String channel = "bench-" + UUID.randomUUID();
    long id =
        client
            .createChannel(channel, TokenIssuer.userId(names.getFirst()))
            .toCompletableFuture()
            .join();
    CompletableFuture.allOf(
            names.stream()
                .map(name -> client.joinChannel(id, TokenIssuer.userId(name)).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    return new Audience(
        id, names.stream().map(name -> servers.issuer().issue(name).token()).toList());
  }

  /** Viewers in clear text. */
  CrowdPlan plan(int port, Shape shape) {
    return CrowdPlan.of("127.0.0.1", port, shape.connections(), shape.streams(), channelId, tokens);
  }

  /** Viewers by TLS, each on a connection of its own. */
  CrowdPlan tlsPlan(BenchServers.Edge edge, int clients) {
    return plan(edge.envoy().address().getPort(), new Shape("tls", clients, 1))
        .withTls(edge.authority().toString());
  }

  /** The gateway, published to through its channel server. */
  GatewaySource source(String name, Set<Long> pids, ChannelServerClient client, Channels messages) {
    return new GatewaySource(name, pids, messages, channelId, client::append);
  }
}
