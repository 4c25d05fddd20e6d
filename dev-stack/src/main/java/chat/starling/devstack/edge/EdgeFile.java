package chat.starling.devstack.edge;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An Envoy file whose lines that depend on the place end in {@code # setting: NAME}. What stands there is the default, so
 * the file is valid as it is.
 */
final class EdgeFile {

  private static final Pattern SETTING =
      Pattern.compile("(?<key>[- ]*[a-z_]+: *)(?<value>.*?)(?<note> +# setting: (?<name>[a-z.-]+))");

  private EdgeFile() {}

  /**
   * The text with these settings in place of their defaults.
   *
   * @throws IllegalArgumentException when the text has no such setting
   */
  static String with(String text, Map<String, String> settings) {
    settings.keySet().stream()
        .filter(name -> !text.contains("# setting: " + name + "\n"))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("no line ends in '# setting: " + name + "'");
            });
    return text.lines()
        .map(line -> changed(line, settings))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String changed(String line, Map<String, String> settings) {
    Matcher setting = SETTING.matcher(line);
    if (!setting.matches()) {
      return line;
    }
    String value = settings.getOrDefault(setting.group("name"), setting.group("value"));
    return setting.group("key") + value + setting.group("note");
  }
}
