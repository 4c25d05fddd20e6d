package chat.starling.devstack.cql;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one CQL server of a test run: started at its first use in this JVM, ended with it, with data
 * of its own under the module's {@code target}. Tests that share it keep apart by their keyspaces.
 * The system property {@code starling.cql} (host:port) names a server that runs already, such as a
 * ScyllaDB, instead.
 */
public final class SharedCql {

  private static @Nullable InetSocketAddress started;

  private SharedCql() {}

  /**
   * Where it is; blocks for some seconds the first time. Its local data centre is {@code
   * datacenter1}.
   *
   * @throws ServerFailure when it does not start
   */
  public static synchronized InetSocketAddress contactPoint() {
    InetSocketAddress address = started;
    if (address == null) {
      String given = System.getProperty("starling.cql", "");
      address = given.isEmpty() ? start() : parse(given);
      started = address;
    }
    return address;
  }

  private static InetSocketAddress parse(String given) {
    if (!given.matches("[^:]+:[0-9]{1,5}")) {
      throw new ServerFailure("starling.cql: " + given + " (expected: host:port)");
    }
    String[] parts = given.split(":", 2);
    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
  }

  private static InetSocketAddress start() {
    List<Port> ports = Port.free(2);
    Path folder = folder();
    var server =
        new LocalServer(
            CassandraServer.spec(
                ProjectTree.find().tools(),
                ports.get(0),
                ports.get(1),
                folder,
                folder.resolve("cassandra.log")));
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill9, "shared-cql-end"));
    return server.address();
  }

  private static Path folder() {
    try {
      Path target = Files.createDirectories(Path.of("target", "dev-stack"));
      return Files.createTempDirectory(target, "cql-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
