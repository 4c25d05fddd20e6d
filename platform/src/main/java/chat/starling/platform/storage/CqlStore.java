package chat.starling.platform.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import com.datastax.oss.driver.internal.core.specex.NoSpeculativeExecutionPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens the driver session that a server keeps for its whole life. */
public final class CqlStore {

  /** The driver's profile of serial reads and transactions, which are never speculated. */
  static final String TRANSACTIONS = "transactions";

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
    ProgrammaticDriverConfigLoaderBuilder config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.timeout())
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, settings.timeout())
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.timeout())
            // One node is all that a laptop has; a short pause lets it come back soon.
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4096)
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
            // Its loops are told to end when its connections are closed: nothing more can come.
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    if (settings.speculativeDelay().isPositive()) {
      speculate(config, settings);
    }
    // Two copies of one transaction, or of one serial read, would only stand in each other's way.
    return config
        .startProfile(TRANSACTIONS)
        .withClass(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            NoSpeculativeExecutionPolicy.class)
        .endProfile()
        .build();
  }

  /** The driver does so for idempotent statements only. */
  private static void speculate(
      ProgrammaticDriverConfigLoaderBuilder config, CqlSettings settings) {
    config
        .withClass(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            ConstantSpeculativeExecutionPolicy.class)
        .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, settings.speculativeDelay())
        .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, 1 + settings.speculativeMax());
  }
}
