package chat.starling.bench;

import chat.starling.bench.load.Channels;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.StackOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * A benchmark of sessions that look at a channel, on gateways that do nothing of themselves
 * meanwhile.
 */
abstract class DeliveryBench extends Bench {

  /** Settings beyond which a gateway brings events to nobody. Not all gateways have them. */
  private static final List<String> FLOW_LIMITS =
      List.of("delivery.flow-rate", "delivery.flow-viewers");

  private static final String NO_LIMIT = "1000000";

  @Option(names = "--users", defaultValue = "100", description = "whose sessions they are")
  private int users;

  @Option(names = "--text-bytes", defaultValue = "200", description = "bytes of a message's text")
  private int textBytes;

  @Option(
      names = "--gateway",
      paramLabel = "SETTING=VALUE",
      description = "a setting of all gateways, for example delivery.writer=portable; repeatable")
  private Map<String, String> gateway = new LinkedHashMap<>();

  DeliveryBench(String name) {
    super(name);
  }

  /** Adds the options of this benchmark. */
  abstract void note(Map<String, Object> options);

  @Override
  final Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    note(options);
    options.put("users", users);
    options.put("text_bytes", textBytes);
    options.put("gateway", gateway);
    return options;
  }

  /** Heartbeats are as seldom as may be, and who has left is forgotten at once. */
  @Override
  final StackOptions stack(StackOptions options) {
    StackOptions changed =
        options
            .withGatewaySetting("session.heartbeat-interval", "600s")
            .withGatewaySetting("session.resume-window", "0s");
    for (String limit : FLOW_LIMITS) {
      if (BenchServers.gatewayHas(limit)) {
        changed = changed.withGatewaySetting(limit, NO_LIMIT);
      }
    }
    for (Map.Entry<String, String> setting : gateway.entrySet()) {
      changed = changed.withGatewaySetting(setting.getKey(), setting.getValue());
    }
    return changed;
  }

  /** One more channel, with all users in it. */
  final Audience audience(BenchServers servers, ChannelServerClient client) {
    return Audience.of(servers, client, users);
  }

  final int users() {
    return users;
  }

  final int textBytes() {
    return textBytes;
  }

  final Channels messages() {
    return Channels.withTextOf(textBytes);
  }
}
