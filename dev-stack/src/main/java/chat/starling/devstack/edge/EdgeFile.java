package chat.starling.devstack.edge;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An Envoy file whose lines that depend on the place end in {@code # setting: NAME}. What stands
 * there is the default, so the file is valid as it is. A list item whose first line ends in {@code
 * # each: NAME} stands for any number of such items. Lines that begin in {@code #NAME} and a blank
 * are left out unless they are asked for.
 */
final class EdgeFile {

  private static final Pattern SETTING =
      Pattern.compile(
          "(?<key>[- ]*[a-z_]+: *)(?<value>.*?)(?<note> +# setting: (?<name>[a-z.-]+))");

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
        .ifPresent(name -> {
          throw new IllegalArgumentException("no line ends in '# setting: " + name + "'");
        });
    return joined(text.lines().map(line -> changed(line, settings)).toList());
  }

  /**
   * The text with the lines of this name in it.
   *
   * @throws IllegalArgumentException when the text has no such lines
   */
  static String including(String text, String name) {
    Pattern mark = Pattern.compile("(?m)^( *)#" + Pattern.quote(name) + " ");
    Matcher lines = mark.matcher(text);
    if (!lines.find()) {
      throw new IllegalArgumentException("no line begins in '#" + name + " '");
    }
    return lines.replaceAll("$1");
  }

  /**
   * The text with the item of this name once for each of these settings, in their order.
   *
   * @throws IllegalArgumentException when the text has no such item, or the item no such setting
   */
  static String withEach(String text, String name, List<Map<String, String>> settings) {
    List<String> lines = text.lines().toList();
    int first = firstOfItem(lines, name);
    int end = first + 1;
    while (end < lines.size() && indent(lines.get(end)) > indent(lines.get(first))) {
      end++;
    }
    String item = joined(lines.subList(first, end));
    return joined(lines.subList(0, first))
        + settings.stream().map(one -> with(item, one)).collect(Collectors.joining())
        + joined(lines.subList(end, lines.size()));
  }

  private static int firstOfItem(List<String> lines, String name) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("# each: " + name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no line ends in '# each: " + name + "'");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String changed(String line, Map<String, String> settings) {
    Matcher setting = SETTING.matcher(line);
    if (!setting.matches()) {
      return line;
    }
    String value = settings.getOrDefault(setting.group("name"), setting.group("value"));
    return setting.group("key") + value + setting.group("note");
  }

  private static String joined(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
