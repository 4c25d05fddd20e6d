package chat.starling.platform.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Creates Starling's keyspaces and the tables of a CQL file, as far as they are missing.
 *
 * <p>The tables that only compare-and-set changes live in a keyspace of their own: ScyllaDB before
 * 2025.4 has no lightweight transactions in keyspaces with tablets, so on ScyllaDB that keyspace is
 * made without them.
 */
public final class Schema {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Schema() {}

  /**
   * Applies a resource of {@code CREATE … IF NOT EXISTS} statements, separated by semicolons, in
   * which {@code ${keyspace}} and {@code ${cas_keyspace}} stand for the keyspaces.
   */
  public static void apply(
      CqlSession session, CqlSettings settings, Class<?> owner, String resource) {
    createKeyspaces(session, settings);
    String text =
        read(owner, resource)
            .replace("${keyspace}", settings.keyspace())
            .replace("${cas_keyspace}", settings.casKeyspace());
    statements(text).forEach(statement -> execute(session, statement));
  }

  private static void createKeyspaces(CqlSession session, CqlSettings settings) {
    String create = "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = " + settings.replication();
    execute(session, create.formatted(settings.keyspace()));
    String withoutTablets = isScylla(session) ? " AND tablets = {'enabled': false}" : "";
    execute(session, create.formatted(settings.casKeyspace()) + withoutTablets);
  }

  private static boolean isScylla(CqlSession session) {
    return !session
        .execute(
            "SELECT table_name FROM system_schema.tables"
                + " WHERE keyspace_name = 'system' AND table_name = 'scylla_local'")
        .all()
        .isEmpty();
  }

  private static void execute(CqlSession session, String statement) {
    session.execute(SimpleStatement.newInstance(statement).setTimeout(PATIENCE));
  }

  /** The statements of a CQL text without its comment lines. */
  static List<String> statements(String text) {
    String bare =
        String.join("\n", text.lines().filter(line -> !line.strip().startsWith("--")).toList());
    return Arrays.stream(bare.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static String read(Class<?> owner, String resource) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
