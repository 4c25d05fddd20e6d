package chat.starling.platform.settings;

import java.util.List;

/** Settings that a server cannot start with; each problem names path, value and expectation. */
public final class SettingsException extends RuntimeException {

  private final List<String> problems;

  /** An exception for all problems that were found at once. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One line a problem. */
  public List<String> problems() {
    return problems;
  }
}
