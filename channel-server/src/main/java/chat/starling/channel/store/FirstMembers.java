package chat.starling.channel.store;

import chat.starling.channel.directory.DirectoryStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The first users to join a channel, by whom it is known whether it is small. */
final class FirstMembers {

  private final CqlTables tables;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  FirstMembers(CqlTables tables) {
    this.tables = tables;
    insert =
        tables.prepare(
            "INSERT INTO ${keyspace}.channel_first_members (channel_id, user_id) VALUES (?, ?)");
    select =
        tables.prepare(
            "SELECT user_id FROM ${keyspace}.channel_first_members WHERE channel_id = ? LIMIT ?");
  }

  /** Counts the user, unless he is or more are than are counted. */
  CompletionStage<Void> count(long channelId, long userId) {
    return of(channelId, DirectoryStore.MOST_COUNTED + 1)
        .thenCompose(counted ->
            counted.size() > DirectoryStore.MOST_COUNTED || counted.contains(userId)
                ? CompletableFuture.completedStage(null)
                : tables.write(insert.bind(channelId, userId)));
  }

  /** As many of them as are asked for. */
  CompletionStage<List<Long>> of(long channelId, int limit) {
    return tables.read(select.bind(channelId, limit), row -> row.getLong(0));
  }
}
