package chat.starling.devstack.cql;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The one CQL server of a test run: started at its first use in this JVM, ended with it, with data
 * of its own under the module's {@code target}. Tests that share it keep apart by their keyspaces.
 * The system property {@code starling.cql} (host:port) names a server that runs already, such as a
 * ScyllaDB, instead.
 */
public final class SharedCql {

  private SharedCql() {}

  /**
   * Where it is; blocks for some seconds the first time. Its local data centre is {@code
   * datacenter1}.
   */
  public static InetSocketAddress contactPoint() {
    return Started.ADDRESS;
  }

  /** Its class is loaded, and thereby the server started, at first use. */
  private static final class Started {
    static final InetSocketAddress ADDRESS = start();

    private static InetSocketAddress start() {
      String given = System.getProperty("starling.cql", "");
      if (!given.isEmpty()) {
        int colon = given.lastIndexOf(':');
        return new InetSocketAddress(
            given.substring(0, colon), Integer.parseInt(given.substring(colon + 1)));
      }
      List<Port> ports = Port.ephemeral(2);
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
}
