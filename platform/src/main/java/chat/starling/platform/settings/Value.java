package chat.starling.platform.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the text of one setting into its type, or says what was expected. */
final class Value {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Value() {}

  /**
   * The text as a value of the type.
   *
   * @throws IllegalArgumentException with the expectation as its message
   */
  static Object parse(String text, Type type, Setting setting) {
    if (type instanceof ParameterizedType list) {
      return parseList(text, list.getActualTypeArguments()[0], setting);
    }
    Class<?> kind = (Class<?>) type;
    if (kind.isEnum()) {
      return parseEnum(text, kind);
    }
    return switch (kind.getSimpleName()) {
      case "String" -> text;
      case "boolean" -> parseBoolean(text);
      case "int" -> Math.toIntExact(parseLong(text, setting));
      case "long" -> parseLong(text, setting);
      case "double" -> parseDouble(text);
      case "Duration" -> parseDuration(text, setting);
      case "HostPort" -> HostPort.parse(text);
      case "URI" -> URI.create(text);
      case "Path" -> Path.of(text);
      default -> throw new IllegalStateException("no settings of type " + kind);
    };
  }

  private static List<Object> parseList(String text, Type element, Setting setting) {
    return Stream.of(text.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .map(part -> parse(part, element, setting))
        .toList();
  }

  private static Object parseEnum(String text, Class<?> kind) {
    String expected = "one of " + Arrays.stream(kind.getEnumConstants()).map(Value::lower).toList();
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> lower(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(expected));
  }

  private static String lower(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static long parseLong(String text, Setting setting) {
    if (!text.matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException("a whole number" + range(setting, ""));
    }
    return inRange(Long.parseLong(text), setting, "");
  }

  private static double parseDouble(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, together with numbers out of range
    }
    throw new IllegalArgumentException("a number of 0..1");
  }

  private static Duration parseDuration(String text, Setting setting) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a duration such as 500ms, 30s, 5m, 2h" + range(setting, "ms"));
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    inRange(duration.toMillis(), setting, "ms");
    return duration;
  }

  private static long inRange(long number, Setting setting, String unit) {
    if (number < setting.min() || number > setting.max()) {
      throw new IllegalArgumentException("a value" + range(setting, unit));
    }
    return number;
  }

  private static String range(Setting setting, String unit) {
    if (setting.min() == Long.MIN_VALUE && setting.max() == Long.MAX_VALUE) {
      return "";
    }
    String min = setting.min() == Long.MIN_VALUE ? "" : setting.min() + unit;
    String max = setting.max() == Long.MAX_VALUE ? "" : setting.max() + unit;
    return " of " + min + ".." + max;
  }
}
