package chat.starling.channel;

import chat.starling.platform.settings.Setting;
import chat.starling.platform.settings.TelemetrySettings;
import chat.starling.platform.storage.CqlSettings;

/** All settings of a channel server. */
public record ChannelServerSettings(
    ServerSettings server, CqlSettings cql, FeedSettings feed, TelemetrySettings telemetry) {

  /** Where the server listens and by which number it is known. */
  public record ServerSettings(
      @Setting(value = "address to listen on; gRPC without TLS", byDefault = "127.0.0.1")
          String host,
      @Setting(
              value = "port to listen on; 0 takes any free one",
              byDefault = "7420",
              min = 0,
              max = 65_535)
          int port,
      @Setting(
              value = "worker number inside message ids; of no two living channel servers the same",
              byDefault = "0",
              min = 0,
              max = 1023)
          int worker) {}
}
