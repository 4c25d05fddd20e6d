package chat.starling.platform.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fills a tree of settings records from texts by path, collecting every problem on the way. */
final class Binder {

  private final Map<String, String> texts;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> known = new TreeSet<>();
  private final Map<String, String> shown = new LinkedHashMap<>();

  Binder(Map<String, String> texts) {
    this.texts = texts;
  }

  /** The record at the path; null when it or a part of it could not be made. */
  <R> @Nullable R bind(Class<R> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    boolean whole = true;
    for (int i = 0; i < components.length; i++) {
      values[i] = component(components[i], prefix + kebab(components[i].getName()));
      whole &= values[i] != null;
    }
    return whole ? construct(type, components, values, prefix) : null;
  }

  private @Nullable Object component(RecordComponent component, String path) {
    if (component.getType().isRecord() && !component.getType().equals(HostPort.class)) {
      return bind(component.getType(), path + ".");
    }
    known.add(path);
    Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class), path);
    String text = texts.getOrDefault(path, setting.byDefault());
    if (text.equals(Setting.NONE)) {
      problems.add(path + ": not set (expected: " + setting.value() + ")");
      return null;
    }
    shown.put(path, setting.secret() && !text.isEmpty() ? "********" : text);
    try {
      return Value.parse(text, component.getGenericType(), setting);
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(path + ": " + shown.get(path) + " (expected: " + e.getMessage() + ")");
      return null;
    }
  }

  private <R> @Nullable R construct(
      Class<R> type, RecordComponent[] components, @Nullable Object[] values, String prefix) {
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      problems.add(prefix + String.valueOf(e.getTargetException().getMessage()));
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings record " + type.getName(), e);
    }
  }

  /** All problems so far, a text for a path that nobody knows among them. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    texts.keySet().stream()
        .filter(path -> !known.contains(path))
        .forEach(path -> all.add(path + ": no such setting (expected: one of " + known + ")"));
    return all;
  }

  /** The effective settings as they may be shown, in the order of the records. */
  Map<String, String> shown() {
    return shown;
  }

  /**
   * The name of a component in a path; one that is a word of Java's ends in an underscore there.
   */
  static String kebab(String name) {
    return name.replaceAll("_$", "")
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
