package chat.starling.channel.store.outbox;

import chat.starling.platform.settings.SettingsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The operator's file of further Kafka client properties: how to log in, and what is encrypted. It
 * holds secrets, so that no message about it ever has a value.
 */
final class ClientProperties {

  private ClientProperties() {}

  /**
   * The properties in the file; none when its name is empty.
   *
   * @param fixed names that the file must leave alone
   * @throws SettingsException if the file cannot be read or has a name that it must not have
   */
  static Map<String, String> read(Path file, Set<String> fixed) {
    if (file.toString().isEmpty()) {
      return Map.of();
    }
    Properties properties = load(file);
    List<String> problems =
        properties.stringPropertyNames().stream()
            .sorted()
            .filter(name -> fixed.contains(name) || !ProducerConfig.configNames().contains(name))
            .map(name -> problem(file, name, fixed.contains(name)))
            .toList();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static Properties load(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          List.of(text(file) + " (expected: a readable Java properties file in UTF-8)"));
    }
  }

  private static String problem(Path file, String name, boolean fixed) {
    return "%s: %s (expected: %s)"
        .formatted(
            text(file),
            name,
            fixed
                ? "left out, because the outbox sets it itself"
                : "a property of Kafka producers");
  }

  private static String text(Path file) {
    return "outbox.client-properties: " + file;
  }
}
