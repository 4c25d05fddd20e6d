package chat.starling.channel;

import chat.starling.devstack.cql.SharedCql;
import chat.starling.platform.settings.Settings;
import chat.starling.platform.storage.CqlSettings;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Settings for the test run's CQL server. */
public record TestStore(CqlSettings cql) {

  /** The tables are in this keyspace; all else is by default, with patience. */
  public static CqlSettings settings(String keyspace) {
    return settings(keyspace, Map.of());
  }

  /** The same with more settings by path. */
  public static CqlSettings settings(String keyspace, Map<String, String> more) {
    Map<String, String> texts = new HashMap<>(texts(keyspace));
    texts.putAll(more);
    return Settings.load(TestStore.class, null, Map.of(), texts).value().cql();
  }

  /** By path, as a server takes them. */
  static Map<String, String> texts(String keyspace) {
    InetSocketAddress contact = SharedCql.contactPoint();
    return Map.of(
        "cql.keyspace",
        keyspace,
        "cql.contact-points",
        contact.getHostString() + ":" + contact.getPort(),
        "cql.timeout",
        "20s");
  }
}
