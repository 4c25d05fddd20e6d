package chat.starling.platform.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server's settings, read once at its start.
 *
 * <p>A setting's path is its place in the tree of records in kebab case, such as {@code
 * session.heartbeat-interval}. Later sources win: the default, the YAML file, the environment
 * ({@code STARLING_SESSION_HEARTBEAT_INTERVAL}), the command line ({@code --set path=value}).
 *
 * @param value the typed settings
 * @param shown the effective texts by path, secrets masked
 */
public record Settings<R>(R value, Map<String, String> shown) {

  private static final String ENVIRONMENT_PREFIX = "STARLING_";

  /**
   * Reads and checks settings of the record type.
   *
   * @param file a YAML file, or null for none
   * @param environment the process's environment
   * @param commandLine texts by path
   * @throws SettingsException naming every problem
   */
  public static <R> Settings<R> load(
      Class<R> type,
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> commandLine) {
    Map<String, String> texts = new TreeMap<>();
    if (file != null) {
      flatten("", read(file), texts);
    }
    fromEnvironment(type, "", environment, texts);
    texts.putAll(commandLine);
    Binder binder = new Binder(texts);
    R value = binder.bind(type, "");
    List<String> problems = binder.problems();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings<>(Objects.requireNonNull(value), Map.copyOf(binder.shown()));
  }

  /**
   * Every setting of the type with its default and meaning, one line each, in order of the records.
   */
  public static String describe(Class<?> type) {
    StringBuilder text = new StringBuilder();
    describe(type, "", text);
    return text.toString();
  }

  private static void describe(Class<?> type, String prefix, StringBuilder text) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + Binder.kebab(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        describe(component.getType(), path + ".", text);
      } else {
        String byDefault =
            setting.byDefault().equals(Setting.NONE) ? "must be set" : setting.byDefault();
        text.append("%-36s %-24s %s%n".formatted(path, byDefault, setting.value()));
      }
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("settings file " + file, e);
    }
  }

  private static void flatten(String path, JsonNode node, Map<String, String> texts) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(child -> flatten(prefix + child.getKey(), child.getValue(), texts));
    } else if (node.isArray()) {
      texts.put(
          path,
          StreamSupport.stream(node.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(",")));
    } else if (!node.isMissingNode()) {
      texts.put(path, node.isNull() ? "" : node.asText());
    }
  }

  private static void fromEnvironment(
      Class<?> type, String prefix, Map<String, String> environment, Map<String, String> texts) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + Binder.kebab(component.getName());
      if (component.getAnnotation(Setting.class) == null) {
        fromEnvironment(component.getType(), path + ".", environment, texts);
        continue;
      }
      String text = environment.get(variable(path));
      if (text != null) {
        texts.put(path, text);
      }
    }
  }

  /** The environment variable that sets the path. */
  static String variable(String path) {
    return ENVIRONMENT_PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
