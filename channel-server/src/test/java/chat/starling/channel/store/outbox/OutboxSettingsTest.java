package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.platform.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxSettingsTest {

  @TempDir private Path folder;

  @Test
  void defaults_keepNoOutbox() {
    OutboxSettings settings = TestOutbox.settings(Map.of());
    assertThat(settings.isKept()).isFalse();
    assertThat(settings.topic()).isEqualTo("starling.events");
    assertThat(settings.partitions()).isEqualTo(16);
  }

  @Test
  void bootstrapServers_given_keepOne() {
    Map<String, String> texts = Map.of("bootstrap-servers", "a:9092, b:9092");
    assertThat(TestOutbox.settings(texts).isKept()).isTrue();
    assertThat(TestOutbox.settings(texts).bootstrapServers()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "topic,with space,outbox.topic: with space",
    "topic,..,outbox.topic: ..",
    "bootstrap-servers,kafka,outbox.bootstrap-servers: kafka",
    "partitions,0,outbox.partitions: 0",
    "delivery-timeout,1s,outbox.delivery-timeout: 1000ms (expected: 10020ms",
    "max-bytes,1,outbox.max-bytes: 1",
  })
  void wrong_isNamedByItsPath(String path, String text, String expected) {
    assertThatThrownBy(() -> TestOutbox.settings(Map.of(path, text)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void clientProperties_ofKafka_reachProducerAndAdmin() throws IOException {
    KafkaClients clients =
        clients("sasl.mechanism=PLAIN\nsecurity.protocol=SASL_PLAINTEXT\nsend.buffer.bytes=4096\n");
    assertThat(clients.toString())
        .contains("sasl.mechanism", "security.protocol", "send.buffer.bytes")
        .doesNotContain("PLAIN");
  }

  @ParameterizedTest
  @CsvSource({
    "acks=s3cret,acks (expected: left out",
    "max.in.flight.requests.per.connection=s3cret,max.in.flight.requests.per.connection (expected",
    "sasl.jaas.confg=s3cret,sasl.jaas.confg (expected: a property of Kafka producers)",
    "ssl.key.password=\\u00zz,expected: a readable Java properties file",
    "security.protocol=nonsense,Invalid value",
  })
  void clientProperties_unusable_areNamedWithoutTheirSecrets(String line, String expected) {
    assertThatThrownBy(() -> clients(line))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("outbox.client-properties: ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void clientProperties_missingFile_isNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> clients(missing))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(missing.toString());
  }

  private KafkaClients clients(String content) throws IOException {
    return clients(Files.writeString(folder.resolve("kafka.properties"), content));
  }

  private static KafkaClients clients(Path file) {
    Map<String, String> texts = new HashMap<>();
    texts.put("bootstrap-servers", "127.0.0.1:1");
    texts.put("client-properties", file.toString());
    return KafkaClients.of(TestOutbox.settings(texts));
  }
}
