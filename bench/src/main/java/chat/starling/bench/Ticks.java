package chat.starling.bench;

import chat.starling.bench.servers.BenchServers;
import java.util.Map;

/** Whether gateways join what a client gets within a short time, and how they are told not to. */
final class Ticks {

  private static final String SETTING = "delivery.tick";

  private Ticks() {}

  /** The settings with which every event leaves at once; none where gateways join nothing. */
  static Map<String, String> off() {
    return BenchServers.gatewayHas(SETTING) ? Map.of(SETTING, "0ms") : Map.of();
  }
}
