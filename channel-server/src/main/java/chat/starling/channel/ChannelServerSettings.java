package chat.starling.channel;

import chat.starling.channel.owner.OwnershipDriver.Self;
import chat.starling.channel.ownership.OwnershipSettings;
import chat.starling.channel.store.outbox.OutboxSettings;
import chat.starling.platform.settings.HostPort;
import chat.starling.platform.settings.Setting;
import chat.starling.platform.settings.TelemetrySettings;
import chat.starling.platform.storage.CqlSettings;

/** All settings of a channel server. */
public record ChannelServerSettings(
    ServerSettings server,
    OwnershipSettings ownership,
    CqlSettings cql,
    FeedSettings feed,
    HeadSettings heads,
    WorkspaceSettings workspace,
    OutboxSettings outbox,
    TelemetrySettings telemetry) {

  /** Where the server listens and by which name it is known. */
  public record ServerSettings(
      @Setting(
              value =
                  "name of the server across its restarts, 1 to 100 characters; of no two living"
                      + " channel servers the same",
              byDefault = "channel-server")
          String id,
      @Setting(value = "address to listen on; gRPC without TLS", byDefault = "127.0.0.1")
          String host,
      @Setting(
              value = "port to listen on; 0 takes any free one",
              byDefault = "7420",
              min = 0,
              max = 65_535)
          int port,
      @Setting(
              value = "host:port at which gateways reach it; empty: where it listens",
              byDefault = "")
          String advertise) {

    private static final int MAX_ID = 100;

    public ServerSettings {
      if (id.isBlank() || id.length() > MAX_ID) {
        throw new IllegalArgumentException("id: " + id + " (expected: 1..100 characters)");
      }
      if (!advertise.isEmpty()) {
        requireAddress(advertise);
      }
    }

    /** This server, listening on a port. */
    Self self(int listening) {
      return new Self(id, advertise.isEmpty() ? host + ":" + listening : advertise);
    }

    private static void requireAddress(String advertise) {
      try {
        var _ = HostPort.parse(advertise);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("advertise: " + advertise + " (expected: host:port)", e);
      }
    }
  }
}
