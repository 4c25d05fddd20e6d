package chat.starling.channel.store;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.channel.lookup.Folding;
import chat.starling.channel.lookup.LookupStore;
import chat.starling.channel.lookup.NameEntry;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.lookup.UserName;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Users by slices, and the lists of names. */
public final class CqlLookup implements LookupStore {

  private final CqlTables tables;
  private final PreparedStatement selectMembers;
  private final PreparedStatement selectNames;
  private final PreparedStatement insertName;
  private final NameLists lists;
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
    lists = new NameLists(tables);
    selectUsers =
        tables.prepare(
            "SELECT name, user_id FROM ${keyspace}.users_by_prefix"
                + " WHERE workspace_id = ? AND initial = ? AND slice = ?"
                + " AND name >= ? AND name < ? LIMIT ?");
    selectChannels =
        tables.prepare(
            "SELECT name, channel_id FROM ${keyspace}.channels_by_prefix"
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
    CompletionStage<Void> known =
        lists
            .add(key, user.name(), NameLists.DISPLAY_NAME, micros)
            .thenCompose(listed ->
                tables.write(
                    insertName.bind(
                        key.workspaceId(),
                        (byte) WorkspaceStore.sliceOf(key.userId()),
                        key.userId(),
                        user.name(),
                        micros)));
    return Folding.fold(former).equals(Folding.fold(user.name()))
        ? known
        : known.thenCompose(done -> lists.remove(key, former, NameLists.DISPLAY_NAME, micros));
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
