package chat.starling.channel.store;

import chat.starling.channel.ChannelServer;
import chat.starling.channel.TestStore;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import chat.starling.platform.storage.Schema;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starling's tables on the test run's CQL server, for as long as the tests of a class run. */
final class TestTables implements BeforeAllCallback, AfterAllCallback {

  private final String keyspace;
  private @Nullable CqlSession session;
  private @Nullable UnreliableSession unreliable;
  private @Nullable CqlTables tables;

  TestTables(String keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    CqlSettings settings = TestStore.settings(keyspace);
    CqlSession real = CqlStore.connect(settings, "contract");
    session = real;
    Schema.apply(real, settings, ChannelServer.class, "schema.cql");
    unreliable = new UnreliableSession(real);
    tables = new CqlTables(unreliable.session(), settings);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Objects.requireNonNull(session).close();
  }

  CqlTables tables() {
    return Objects.requireNonNull(tables);
  }

  /** Lets one change fail, after so many that go well; it is done all the same, or never. */
  void failChange(int after, boolean done) {
    Objects.requireNonNull(unreliable).failChange(after, done);
  }

  /** Waits for the answer; throws what it failed with. */
  static <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
