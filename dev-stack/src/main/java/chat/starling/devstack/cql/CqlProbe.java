package chat.starling.devstack.cql;

import chat.starling.devstack.process.Probe;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Asks a CQL server, through the driver, for one row of its own tables. */
public final class CqlProbe implements Probe {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 500;

  private final InetSocketAddress address;
  private final String datacenter;

  /** Asks the server at this address, which is in this data centre. */
  public CqlProbe(InetSocketAddress address, String datacenter) {
    this.address = address;
    this.datacenter = datacenter;
  }

  @Override
  public void ask() throws IOException {
    requireListening();
    try (CqlSession session = session()) {
      if (session.execute("SELECT release_version FROM system.local").one() == null) {
        throw new IOException("system.local of " + address + " is empty");
      }
    } catch (DriverException e) {
      throw new IOException("no CQL answer from " + address + ": " + e.getMessage(), e);
    }
  }

  /** A driver session costs more than a look at the port, and logs its failures. */
  private void requireListening() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
    }
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(address)
        .withLocalDatacenter(datacenter)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, LIMIT)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, LIMIT)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build())
        .build();
  }
}
