package chat.starling.bench;

import chat.starling.bench.fanout.Behind;
import chat.starling.bench.fanout.DrainProcess;
import chat.starling.bench.fanout.Lineup;
import chat.starling.bench.fanout.ReferenceProcess;
import chat.starling.bench.fanout.Source;
import chat.starling.bench.load.Channels;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Adds servers with an Envoy before each, and TLS clients before that, to a line-up. Envoy's time
 * counts with the server's.
 *
 * @param audiences makes one more channel; what one gateway gets is nothing to the others
 * @param clients before each, with a connection each
 */
record Edges(
    BenchServers servers,
    ChannelServerClient client,
    Supplier<Audience> audiences,
    Channels messages,
    int clients,
    Lineup lineup) {

  /** The stack's own gateway and Envoy. */
  void addGateway(String name) {
    addGateway(name, servers.gateway(), servers.edge());
  }

  /** Another gateway that differs by these settings, with an Envoy of its own. */
  void addGatewayWith(String name, Map<String, String> settings) {
    LocalServer other = servers.gatewayWith(name, settings);
    Port sessions = other.ports().getFirst();
    Port health = other.ports().getLast();
    addGateway(name, other, servers.edge("envoy-" + name, sessions, health));
  }

  /** A reference server with an Envoy of its own. */
  void addReference(ReferenceProcess server, Source source) {
    Port sessions = new Port(server.port(), source.name());
    Port health = new Port(server.listening().healthPort(), source.name());
    add(
        source.name(),
        source,
        servers.edge("envoy-" + source.name(), sessions, health),
        audiences.get());
  }

  private void addGateway(String name, LocalServer gateway, BenchServers.Edge edge) {
    Audience audience = audiences.get();
    Source source = audience.source(gateway.name(), Set.of(gateway.pid()), client, messages);
    add(name, source, edge, audience);
  }

  private void add(String name, Source source, BenchServers.Edge edge, Audience audience) {
    DrainProcess viewers = DrainProcess.open(audience.tlsPlan(edge, clients));
    lineup.add(new Behind(name, source, edge.envoy().pid()), viewers);
  }
}
