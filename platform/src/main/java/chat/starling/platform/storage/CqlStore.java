package chat.starling.platform.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens the driver session that a server keeps for its whole life. */
public final class CqlStore {

  private CqlStore() {}

  /**
   * Connects; the caller closes the session.
   *
   * @throws com.datastax.oss.driver.api.core.AllNodesFailedException when no node answers
   */
  public static CqlSession connect(CqlSettings settings, String applicationName) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withApplicationName(applicationName)
            .withLocalDatacenter(settings.datacenter())
            .withConfigLoader(driverConfig(settings));
    settings
        .contactPoints()
        .forEach(node -> builder.addContactPoint(new InetSocketAddress(node.host(), node.port())));
    if (!settings.username().isEmpty()) {
      builder.withAuthCredentials(settings.username(), settings.password());
    }
    return builder.build();
  }

  private static DriverConfigLoader driverConfig(CqlSettings settings) {
    return DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.timeout())
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, settings.timeout())
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.timeout())
        // One node is all that a laptop has; a short pause lets it come back without a long wait.
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4096)
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
        .build();
  }
}
