package chat.starling.channel.store.outbox;

import chat.starling.platform.settings.HostPort;
import chat.starling.platform.settings.SettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's own clients are told; the order of events hangs on some of it. */
final class KafkaClients {

  /** How long a batch waits for more: nobody who reads the outbox is in more of a hurry. */
  static final int LINGER_MILLIS = 20;

  private static final int BATCH_BYTES = 65_536;

  private final Map<String, Object> producer;
  private final Map<String, Object> admin;

  private KafkaClients(Map<String, Object> producer, Map<String, Object> admin) {
    this.producer = producer;
    this.admin = admin;
  }

  /**
   * Clients with these settings.
   *
   * @throws SettingsException if the file of client properties is not usable
   */
  static KafkaClients of(OutboxSettings settings) {
    Map<String, Object> fixed = producer(settings);
    Map<String, String> given = ClientProperties.read(settings.clientProperties(), fixed.keySet());
    Map<String, Object> producer = new HashMap<>(given);
    producer.putAll(fixed);
    Map<String, Object> admin = new HashMap<>(given);
    admin.keySet().retainAll(AdminClientConfig.configNames());
    admin.putAll(admin(settings));
    KafkaClients clients = new KafkaClients(producer, admin);
    clients.check();
    return clients;
  }

  /** A new producer, which connects when it is used. */
  Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(producer);
  }

  /** A new admin client, which connects when it is used. */
  Admin admin() {
    return Admin.create(admin);
  }

  /** The names of what is set, without the values, some of which are secret. */
  @Override
  public String toString() {
    return "producer " + producer.keySet() + ", admin " + admin.keySet();
  }

  /** Values that Kafka does not take are told at the start and not when it is first reached. */
  private void check() {
    try {
      var _ = new ProducerConfig(producer);
    } catch (ConfigException e) {
      throw new SettingsException(List.of("outbox.client-properties: " + e.getMessage()));
    }
  }

  private static Map<String, Object> producer(OutboxSettings settings) {
    int patience = Math.toIntExact(settings.deliveryTimeout().toMillis());
    Map<String, Object> config = shared(settings);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // One batch of a partition at a time: of a failed one nothing behind it is on its way yet.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) patience);
    config.put(ProducerConfig.LINGER_MS_CONFIG, (long) LINGER_MILLIS);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes(settings));
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return config;
  }

  /** What may wait, the half of a batch that a large record may leave empty, and open batches. */
  private static long bufferBytes(OutboxSettings settings) {
    return 2L * settings.maxBytes() + (long) BATCH_BYTES * settings.partitions();
  }

  private static Map<String, Object> admin(OutboxSettings settings) {
    Map<String, Object> config = shared(settings);
    config.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(settings.requestTimeout().toMillis()));
    return config;
  }

  private static Map<String, Object> shared(OutboxSettings settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.bootstrapServers().stream()
            .map(HostPort::toString)
            .collect(Collectors.joining(",")));
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "starling-outbox");
    config.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(settings.requestTimeout().toMillis()));
    config.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return config;
  }
}
