package chat.starling.devstack.cql;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraServerIT {

  private static final int ROWS = 2_000;

  @Test
  void ackedRows_serverKilledAndRestarted_areAllThere(@TempDir Path folder) {
    var ports = Port.free(2);
    var spec =
        CassandraServer.spec(
            ProjectTree.find().tools(), ports.get(0), ports.get(1), folder, folder.resolve("log"));
    try (var server = new LocalServer(spec)) {
      server.start();
      try (var session = connect(server.address())) {
        insert(session);
      }
      server.kill9();
      server.restart();
      try (var session = connect(server.address())) {
        assertThat(session.execute("SELECT id FROM t.rows").all()).hasSize(ROWS);
      }
    }
  }

  @Test
  void sharedServer_askedTwice_isOneServerThatAnswers() {
    InetSocketAddress address = SharedCql.contactPoint();
    assertThat(SharedCql.contactPoint()).isSameAs(address);
    try (var session = connect(address)) {
      assertThat(session.execute("SELECT cluster_name FROM system.local").one()).isNotNull();
    }
  }

  private static void insert(CqlSession session) {
    session.execute(
        "CREATE KEYSPACE t WITH replication = {'class': 'SimpleStrategy', 'replication_factor':"
            + " 1}");
    session.execute("CREATE TABLE t.rows (id int PRIMARY KEY)");
    var insert = session.prepare("INSERT INTO t.rows (id) VALUES (?)");
    for (int first = 0; first < ROWS; first += 100) {
      CompletableFuture.allOf(
              IntStream.range(first, first + 100)
                  .mapToObj(id -> session.executeAsync(insert.bind(id)).toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
  }

  private static CqlSession connect(InetSocketAddress address) {
    return CqlSession.builder().addContactPoint(address).withLocalDatacenter("datacenter1").build();
  }
}
