package chat.starling.channel.store;

import chat.starling.channel.lookup.Folding;
import chat.starling.channel.lookup.LookupStore;
import chat.starling.channel.lookup.UserKey;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes the lists by which users and channels are found by the beginnings of their names. What
 * stays under a former name does no harm: whoever reads a list looks at the rows.
 */
final class NameLists {

  /** What a kind of users_by_prefix is. */
  static final byte DISPLAY_NAME = 0;

  static final byte NICKNAME = 1;

  private final CqlTables tables;
  private final PreparedStatement insertUser;
  private final PreparedStatement deleteUser;
  private final PreparedStatement insertChannel;

  NameLists(CqlTables tables) {
    this.tables = tables;
    insertUser =
        tables.prepare(
            "INSERT INTO ${keyspace}.users_by_prefix"
                + " (workspace_id, initial, slice, name, user_id, kind) VALUES (?, ?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
    deleteUser =
        tables.prepare(
            "DELETE FROM ${keyspace}.users_by_prefix USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND initial = ? AND slice = ? AND name = ?"
                + " AND user_id = ? AND kind = ?");
    insertChannel =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels_by_prefix (workspace_id, slice, name, channel_id)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
  }

  /** Lists a user under a name, unless nothing is left of it when it is folded. */
  CompletionStage<Void> add(UserKey user, String name, byte kind, long stamp) {
    String folded = Folding.fold(name);
    return folded.isEmpty()
        ? CompletableFuture.completedStage(null)
        : tables.write(
            insertUser.bind(
                user.workspaceId(),
                Folding.initial(folded),
                (byte) LookupStore.nameSlice(user.userId()),
                folded,
                user.userId(),
                kind,
                stamp));
  }

  /** Lists a user no more under a name. */
  CompletionStage<Void> remove(UserKey user, String name, byte kind, long stamp) {
    String folded = Folding.fold(name);
    return folded.isEmpty()
        ? CompletableFuture.completedStage(null)
        : tables.write(
            deleteUser.bind(
                stamp,
                user.workspaceId(),
                Folding.initial(folded),
                (byte) LookupStore.nameSlice(user.userId()),
                folded,
                user.userId(),
                kind));
  }

  /** Lists a channel under its name. */
  CompletionStage<Void> addChannel(long workspaceId, long channelId, String name, long stamp) {
    return tables.write(
        insertChannel.bind(
            workspaceId,
            (byte) LookupStore.nameSlice(channelId),
            Folding.fold(name),
            channelId,
            stamp));
  }
}
