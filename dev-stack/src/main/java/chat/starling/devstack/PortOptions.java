package chat.starling.devstack;

import chat.starling.devstack.process.Port;
import picocli.CommandLine.Option;

/** The ports as options of the command line, with the defaults that the README lists. */
final class PortOptions {

  @Option(names = "--edge-port", defaultValue = "7443", description = "TLS, for clients")
  private int edge;

  @Option(names = "--edge-admin-port", defaultValue = "7401", description = "Envoy's admin page")
  private int edgeAdmin;

  @Option(names = "--gateway-port", defaultValue = "7410", description = "gateway, for Envoy")
  private int gateway;

  @Option(
      names = "--gateway-internal-port",
      defaultValue = "7411",
      description = "gateway: health, documentation, reflection")
  private int gatewayInternal;

  @Option(names = "--channel-server-port", defaultValue = "7420", description = "channel server")
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
   * @throws chat.starling.devstack.process.ServerFailure when one is not a port number
   */
  Ports toPorts() {
    return new Ports(
        port(edge, "--edge-port"),
        port(edgeAdmin, "--edge-admin-port"),
        port(gateway, "--gateway-port"),
        port(gatewayInternal, "--gateway-internal-port"),
        port(channelServer, "--channel-server-port"),
        port(issuer, "--issuer-port"),
        port(cql, "--cql-port"),
        port(cqlStorage, "--cql-storage-port"),
        port(kafka, "--kafka-port"),
        port(kafkaController, "--kafka-controller-port"),
        port(redis, "--redis-port"));
  }

  private static Port port(int number, String setting) {
    return new Port(number, setting);
  }
}
