package chat.starling.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes what is not on the command line from the environment: {@code --edge} from {@code
 * STARLING_EDGE}.
 */
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {
  private static final String PREFIX = "STARLING_";

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)
        || !Connect.FROM_ENVIRONMENT.contains(option.longestName())) {
      return null;
    }
    return environment.get(
        PREFIX + option.longestName().substring(2).toUpperCase(java.util.Locale.ROOT));
  }
}
