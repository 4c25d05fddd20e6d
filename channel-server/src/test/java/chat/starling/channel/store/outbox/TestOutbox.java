package chat.starling.channel.store.outbox;

import chat.starling.platform.settings.Settings;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Settings of outboxes for tests, and how tests wait for them. */
final class TestOutbox {

  /** Where nobody looks at figures. */
  static final Meter NO_METER = MeterProvider.noop().get("test");

  private record Root(OutboxSettings outbox) {}

  private TestOutbox() {}

  /** Settings for a topic on this Kafka; others by path within the outbox's. */
  static OutboxSettings settings(InetSocketAddress kafka, String topic, Map<String, String> more) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("bootstrap-servers", kafka.getHostString() + ":" + kafka.getPort());
    texts.put("topic", topic);
    texts.putAll(more);
    return settings(texts);
  }

  /** Settings from texts by path within the outbox's. */
  static OutboxSettings settings(Map<String, String> texts) {
    Map<String, String> paths = new TreeMap<>();
    texts.forEach((path, text) -> paths.put("outbox." + path, text));
    return Settings.load(Root.class, null, Map.of(), paths).value().outbox();
  }

  /** Waits for the answer; throws what it failed with. */
  static <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
  }
}
