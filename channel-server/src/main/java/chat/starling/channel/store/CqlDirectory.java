package chat.starling.channel.store;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The directory in its tables. What it writes itself bears the time stamp 0, so that every event of
 * the workspace is later: a name is given by compare-and-set in channel_names; the rest follows by
 * writes that may be repeated, the row of the channel itself last.
 */
public final class CqlDirectory implements DirectoryStore {

  private final CqlTables tables;
  private final FirstMembers firstMembers;
  private final NameLists names;
  private final PreparedStatement claimName;
  private final PreparedStatement selectClaim;
  private final PreparedStatement insertNamed;
  private final PreparedStatement selectNamed;
  private final PreparedStatement insertChannel;
  private final PreparedStatement selectChannel;
  private final PreparedStatement insertListed;
  private final PreparedStatement selectListed;
  private final PreparedStatement insertMembership;
  private final PreparedStatement selectMemberships;
  private final PreparedStatement insertMember;
  private final PreparedStatement selectMember;
  private final PreparedStatement selectMembers;

  /** A directory in these tables. */
  public CqlDirectory(CqlTables tables) {
    this.tables = tables;
    firstMembers = new FirstMembers(tables);
    names = new NameLists(tables);
    claimName =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.channel_names (workspace_id, name, channel_id, created_by)"
                + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    selectClaim =
        tables.prepareSerialRead(
            "SELECT channel_id, workspace_id, name, created_by FROM ${cas_keyspace}.channel_names"
                + " WHERE workspace_id = ? AND name = ?");
    insertNamed =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels_by_name (workspace_id, name, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP 0");
    selectNamed =
        tables.prepare(
            "SELECT channel_id FROM ${keyspace}.channels_by_name"
                + " WHERE workspace_id = ? AND name = ?");
    insertChannel =
        tables.prepare(
            "UPDATE ${keyspace}.channel_rules USING TIMESTAMP 0"
                + " SET workspace_id = ?, name = ?, created_by = ? WHERE channel_id = ?");
    selectChannel =
        tables.prepare(
            "SELECT "
                + ChannelRows.WHOLE
                + " FROM ${keyspace}.channel_rules WHERE channel_id = ? LIMIT 1");
    insertListed =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels_by_workspace (workspace_id, slice, channel_id, name,"
                + " created_by) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP 0");
    selectListed =
        tables.prepare(
            "SELECT "
                + ChannelRows.LISTED
                + " FROM ${keyspace}.channels_by_workspace"
                + " WHERE workspace_id = ? AND slice = ? AND channel_id > ? LIMIT ?");
    insertMembership =
        tables.prepare(
            "INSERT INTO ${keyspace}.memberships_by_user (user_id, workspace_id, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP 0");
    selectMemberships =
        tables.prepare(
            "SELECT channel_id FROM ${keyspace}.memberships_by_user"
                + " WHERE user_id = ? AND workspace_id = ? AND channel_id > ? LIMIT ?");
    insertMember =
        tables.prepare(
            "INSERT INTO ${keyspace}.channel_members (channel_id, slice, user_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP 0");
    selectMember =
        tables.prepare(
            "SELECT user_id FROM ${keyspace}.channel_members"
                + " WHERE channel_id = ? AND slice = ? AND user_id = ?");
    selectMembers =
        tables.prepare(
            "SELECT user_id FROM ${keyspace}.channel_members"
                + " WHERE channel_id = ? AND slice = ? AND user_id > ? LIMIT ?");
  }

  @Override
  public CompletionStage<Channel> claimName(Channel channel) {
    return tables
        .compareAndSet(
            claimName.bind(
                channel.workspaceId(), channel.name(), channel.id(), channel.createdBy()))
        .thenCompose(result ->
            result.wasApplied()
                ? CompletableFuture.completedStage(channel)
                : claim(channel.workspaceId(), channel.name())
                    .thenApply(found -> found.orElseThrow()))
        .exceptionallyCompose(fault -> claimedAfterAll(channel, fault));
  }

  /** A compare-and-set that timed out may have been done: only a serial read knows. */
  private CompletionStage<Channel> claimedAfterAll(Channel channel, Throwable fault) {
    return claim(channel.workspaceId(), channel.name())
        .thenCompose(found ->
            found
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(fault)));
  }

  @Override
  public CompletionStage<Optional<Channel>> named(long workspaceId, String name) {
    return tables
        .read(selectNamed.bind(workspaceId, name), row -> row.getLong(0))
        .thenCompose(ids ->
            ids.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : channel(ids.getFirst()))
        .thenCompose(found ->
            found.isPresent() && found.get().name().equals(name)
                ? CompletableFuture.completedStage(found)
                : halfMade(workspaceId, name));
  }

  private CompletionStage<Optional<Channel>> halfMade(long workspaceId, String name) {
    return claim(workspaceId, name)
        .thenCompose(claimed ->
            claimed.isEmpty()
                ? CompletableFuture.completedStage(claimed)
                : channel(claimed.get().id())
                    .thenApply(made -> made.isPresent() ? Optional.empty() : claimed));
  }

  private CompletionStage<Optional<Channel>> claim(long workspaceId, String name) {
    return tables
        .read(
            selectClaim.bind(workspaceId, name),
            row ->
                new Channel(
                    row.getLong(0),
                    row.getLong(1),
                    Objects.requireNonNull(row.getString(2)),
                    row.getLong(3)))
        .thenApply(CqlDirectory::first);
  }

  @Override
  public CompletionStage<Optional<Channel>> channel(long channelId) {
    return tables
        .read(selectChannel.bind(channelId), CqlDirectory::channel)
        .thenApply(CqlDirectory::first);
  }

  @Override
  public CompletionStage<Void> make(Channel channel) {
    return tables
        .write(
            insertListed.bind(
                channel.workspaceId(),
                (byte) DirectoryStore.sliceOf(channel.id()),
                channel.id(),
                channel.name(),
                channel.createdBy()))
        .thenCompose(
            done -> names.addChannel(channel.workspaceId(), channel.id(), channel.name(), 0))
        .thenCompose(done -> addMember(channel, channel.createdBy()))
        .thenCompose(done ->
            tables.write(insertNamed.bind(channel.workspaceId(), channel.name(), channel.id())))
        .thenCompose(done ->
            tables.write(
                insertChannel.bind(
                    channel.workspaceId(), channel.name(), channel.createdBy(), channel.id())));
  }

  @Override
  public CompletionStage<Void> addMember(Channel channel, long userId) {
    return tables
        .write(insertMember.bind(channel.id(), DirectoryStore.memberSliceOf(userId), userId))
        .thenCombine(
            tables.write(insertMembership.bind(userId, channel.workspaceId(), channel.id())),
            (one, other) -> null)
        .thenCombine(firstMembers.count(channel.id(), userId), (one, other) -> null);
  }

  @Override
  public CompletionStage<Boolean> isMember(long channelId, long userId) {
    return tables
        .read(
            selectMember.bind(channelId, DirectoryStore.memberSliceOf(userId), userId),
            row -> row.getLong(0))
        .thenApply(rows -> !rows.isEmpty());
  }

  @Override
  public CompletionStage<List<Long>> members(long channelId, int slice, long afterUser, int limit) {
    return tables.read(
        selectMembers.bind(channelId, (byte) slice, afterUser, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<Integer> everJoined(long channelId, int limit) {
    return firstMembers.of(channelId, limit).thenApply(List::size);
  }

  @Override
  public CompletionStage<List<Channel>> list(
      long workspaceId, int slice, long afterChannel, int limit) {
    return tables.read(
        selectListed.bind(workspaceId, (byte) slice, afterChannel, limit), CqlDirectory::listed);
  }

  @Override
  public CompletionStage<List<Long>> memberships(
      long userId, long workspaceId, long afterChannel, int limit) {
    return tables.read(
        selectMemberships.bind(userId, workspaceId, afterChannel, limit), row -> row.getLong(0));
  }

  private static Channel channel(Row row) {
    return new Channel(row.getLong("workspace_id"), ChannelRows.whole(row));
  }

  private static Channel listed(Row row) {
    return new Channel(row.getLong("workspace_id"), ChannelRows.listed(row));
  }

  private static Optional<Channel> first(List<Channel> rows) {
    return rows.stream().findFirst();
  }
}
