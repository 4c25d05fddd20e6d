package chat.starling.devstack;

import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/**
 * How many servers there are and all ports, as options of the command line with the defaults that
 * the README lists.
 */
final class PortOptions {

  private static final int MOST_CHANNEL_SERVERS = 9;
  private static final int MOST_GATEWAYS = 5;

  @Option(
      names = "--channel-servers",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "how many channel servers, 1 to 9")
  private int channelServers;

  @Option(
      names = "--gateways",
      defaultValue = "1",
      paramLabel = "COUNT",
      description = "how many gateways, 1 to 5")
  private int gateways;

  @Option(names = "--edge-port", defaultValue = "7443", description = "TLS, for clients")
  private int edge;

  @Option(names = "--edge-admin-port", defaultValue = "7401", description = "Envoy's admin page")
  private int edgeAdmin;

  @Option(
      names = "--gateway-port",
      defaultValue = "7410",
      description = "first gateway, for Envoy; the next ones 2 higher each")
  private int gateway;

  @Option(
      names = "--gateway-internal-port",
      defaultValue = "7411",
      description = "first gateway: health, documentation, reflection; the next ones 2 higher each")
  private int gatewayInternal;

  @Option(
      names = "--channel-server-port",
      defaultValue = "7420",
      description = "first channel server; the next ones 1 higher each")
  private int channelServer;

  @Option(names = "--issuer-port", defaultValue = "7430", description = "token issuer")
  private int issuer;

  @Option(names = "--cql-port", defaultValue = "7440", description = "Cassandra, for clients")
  private int cql;

  @Option(
      names = "--cql-storage-port",
      defaultValue = "7441",
      description = "Cassandra, between nodes")
  private int cqlStorage;

  @Option(names = "--kafka-port", defaultValue = "7450", description = "Kafka, for clients")
  private int kafka;

  @Option(
      names = "--kafka-controller-port",
      defaultValue = "7451",
      description = "Kafka, between controllers")
  private int kafkaController;

  @Option(names = "--redis-port", defaultValue = "7460", description = "Redis")
  private int redis;

  /**
   * The ports chosen.
   *
   * @throws ServerFailure when one is not a port number, or a count is out of its range
   */
  Ports toPorts() {
    return new Ports(
        port(edge, "--edge-port"),
        port(edgeAdmin, "--edge-admin-port"),
        places("--gateways", gateways, MOST_GATEWAYS).mapToObj(this::gateway).toList(),
        places("--channel-servers", channelServers, MOST_CHANNEL_SERVERS)
            .mapToObj(place -> port(channelServer + place, "--channel-server-port"))
            .toList(),
        port(issuer, "--issuer-port"),
        port(cql, "--cql-port"),
        port(cqlStorage, "--cql-storage-port"),
        port(kafka, "--kafka-port"),
        port(kafkaController, "--kafka-controller-port"),
        port(redis, "--redis-port"));
  }

  private GatewayPorts gateway(int place) {
    return new GatewayPorts(
        port(gateway + 2 * place, "--gateway-port"),
        port(gatewayInternal + 2 * place, "--gateway-internal-port"));
  }

  private static IntStream places(String option, int count, int most) {
    if (count < 1 || count > most) {
      throw new ServerFailure("%s: %d (expected: 1..%d)".formatted(option, count, most));
    }
    return IntStream.range(0, count);
  }

  private static Port port(int number, String setting) {
    return new Port(number, setting);
  }
}
