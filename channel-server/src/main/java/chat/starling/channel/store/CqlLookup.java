package chat.starling.channel.store;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.channel.lookup.Folding;
import chat.starling.channel.lookup.LookupStore;
import chat.starling.channel.lookup.NameEntry;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.lookup.UserName;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Users by slices, and the lists of names. */
public final class CqlLookup implements LookupStore {

  /** What a kind of users_by_name is. */
  static final byte DISPLAY_NAME = 0;

  static final byte NICKNAME = 1;

  /** Lists a user under a name of some kind, at a time. */
  static final String INSERT_USER =
      "INSERT INTO ${keyspace}.users_by_name"
          + " (workspace_id, initial, slice, name, user_id, kind) VALUES (?, ?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?";

  private final CqlTables tables;
  private final PreparedStatement selectMembers;
  private final PreparedStatement selectNames;
  private final PreparedStatement insertName;
  private final PreparedStatement insertListed;
  private final PreparedStatement deleteListed;
  private final PreparedStatement selectUsers;
  private final PreparedStatement selectChannels;

  /** Of these tables. */
  public CqlLookup(CqlTables tables) {
    this.tables = tables;
    selectMembers = tables.prepareForLog(CqlWorkspaces.MEMBER_COLUMNS + " IN ?");
    selectNames =
        tables.prepare(
            "SELECT user_id, display_name FROM ${keyspace}.user_names"
                + " WHERE workspace_id = ? AND slice = ? AND user_id IN ?");
    insertName =
        tables.prepare(
            "INSERT INTO ${keyspace}.user_names (workspace_id, slice, user_id, display_name)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    insertListed = tables.prepare(INSERT_USER);
    deleteListed =
        tables.prepare(
            "DELETE FROM ${keyspace}.users_by_name USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND initial = ? AND slice = ? AND name = ?"
                + " AND user_id = ? AND kind = ?");
    selectUsers =
        tables.prepare(
            "SELECT name, user_id FROM ${keyspace}.users_by_name"
                + " WHERE workspace_id = ? AND initial = ? AND slice = ?"
                + " AND name >= ? AND name < ? LIMIT ?");
    selectChannels =
        tables.prepare(
            "SELECT name, channel_id FROM ${keyspace}.channels_by_name"
                + " WHERE workspace_id = ? AND slice = ?"
                + " AND (name, channel_id) > (?, ?) AND (name) < (?) LIMIT ?");
  }

  @Override
  public CompletionStage<List<MemberRow>> members(long workspaceId, int slice, List<Long> users) {
    return tables.read(selectMembers.bind(workspaceId, (byte) slice, users), CqlWorkspaces::member);
  }

  @Override
  public CompletionStage<Map<Long, String>> names(long workspaceId, int slice, List<Long> users) {
    return tables
        .read(selectNames.bind(workspaceId, (byte) slice, users), CqlLookup::entry)
        .thenApply(rows -> rows.stream().collect(Collectors.toMap(NameEntry::id, NameEntry::name)));
  }

  private static NameEntry entry(Row row) {
    return new NameEntry(
        Objects.requireNonNull(row.getString("display_name")), row.getLong("user_id"));
  }

  /** Listed first: whose name is known is found by it, however this ends. */
  @Override
  public CompletionStage<Void> name(UserName user, String former, long micros) {
    UserKey key = user.user();
    String folded = Folding.fold(user.name());
    String before = Folding.fold(former);
    CompletionStage<Void> listed =
        folded.isEmpty()
            ? CompletableFuture.completedStage(null)
            : tables.write(insert(key, folded, micros));
    CompletionStage<Void> known =
        listed.thenCompose(done ->
            tables.write(
                insertName.bind(
                    key.workspaceId(),
                    (byte) WorkspaceStore.sliceOf(key.userId()),
                    key.userId(),
                    user.name(),
                    micros)));
    return before.isEmpty() || before.equals(folded)
        ? known
        : known.thenCompose(done -> tables.write(delete(key, before, micros)));
  }

  private BoundStatement insert(UserKey key, String folded, long micros) {
    return insertListed.bind(
        key.workspaceId(),
        Folding.initial(folded),
        (byte) LookupStore.nameSlice(key.userId()),
        folded,
        key.userId(),
        DISPLAY_NAME,
        micros);
  }

  private BoundStatement delete(UserKey key, String folded, long micros) {
    return deleteListed.bind(
        micros,
        key.workspaceId(),
        Folding.initial(folded),
        (byte) LookupStore.nameSlice(key.userId()),
        folded,
        key.userId(),
        DISPLAY_NAME);
  }

  @Override
  public CompletionStage<List<NameEntry>> usersListed(
      long workspaceId, int slice, String prefix, int limit) {
    return tables.read(
        selectUsers.bind(
            workspaceId, Folding.initial(prefix), (byte) slice, prefix, Folding.end(prefix), limit),
        CqlLookup::listed);
  }

  @Override
  public CompletionStage<List<NameEntry>> channelsListed(
      long workspaceId, int slice, String prefix, NameEntry after, int limit) {
    return tables.read(
        selectChannels.bind(
            workspaceId, (byte) slice, after.name(), after.id(), Folding.end(prefix), limit),
        CqlLookup::listed);
  }

  private static NameEntry listed(Row row) {
    return new NameEntry(Objects.requireNonNull(row.getString(0)), row.getLong(1));
  }
}
