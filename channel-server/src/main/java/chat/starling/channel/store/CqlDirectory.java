package chat.starling.channel.store;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.channel.lookup.Folding;
import chat.starling.channel.lookup.LookupStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The directory in its tables. A name is given by compare-and-set in channel_names; the rest
 * follows by plain writes that may be repeated, the row in channels last.
 */
public final class CqlDirectory implements DirectoryStore {

  private static final int MEMBER_SLICES = 64;

  private final CqlTables tables;
  private final PreparedStatement claimName;
  private final PreparedStatement selectName;
  private final PreparedStatement insertChannel;
  private final PreparedStatement selectChannel;
  private final PreparedStatement insertListed;
  private final PreparedStatement selectListed;
  private final PreparedStatement insertNamed;
  private final PreparedStatement insertMembership;
  private final PreparedStatement selectMemberships;
  private final PreparedStatement insertMember;
  private final PreparedStatement selectMember;
  private final PreparedStatement insertFirst;
  private final PreparedStatement selectFirst;

  /** A directory in these tables. */
  public CqlDirectory(CqlTables tables) {
    this.tables = tables;
    claimName =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.channel_names (workspace_id, name, channel_id, created_by)"
                + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    selectName =
        tables.prepareSerialRead(
            "SELECT channel_id, workspace_id, name, created_by FROM ${cas_keyspace}.channel_names"
                + " WHERE workspace_id = ? AND name = ?");
    insertChannel =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels (channel_id, workspace_id, name, created_by)"
                + " VALUES (?, ?, ?, ?)");
    selectChannel =
        tables.prepare(
            "SELECT channel_id, workspace_id, name, created_by FROM ${keyspace}.channels"
                + " WHERE channel_id = ?");
    insertListed =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels_by_workspace"
                + " (workspace_id, slice, channel_id, name, created_by) VALUES (?, ?, ?, ?, ?)");
    insertNamed =
        tables.prepare(
            "INSERT INTO ${keyspace}.channels_by_name (workspace_id, slice, name, channel_id)"
                + " VALUES (?, ?, ?, ?)");
    selectListed =
        tables.prepare(
            "SELECT channel_id, workspace_id, name, created_by"
                + " FROM ${keyspace}.channels_by_workspace"
                + " WHERE workspace_id = ? AND slice = ? AND channel_id > ? LIMIT ?");
    insertMembership =
        tables.prepare(
            "INSERT INTO ${keyspace}.memberships_by_user (user_id, workspace_id, channel_id)"
                + " VALUES (?, ?, ?)");
    selectMemberships =
        tables.prepare(
            "SELECT channel_id FROM ${keyspace}.memberships_by_user"
                + " WHERE user_id = ? AND workspace_id = ? AND channel_id > ? LIMIT ?");
    insertMember =
        tables.prepare(
            "INSERT INTO ${keyspace}.channel_members (channel_id, slice, user_id)"
                + " VALUES (?, ?, ?)");
    selectMember =
        tables.prepare(
            "SELECT user_id FROM ${keyspace}.channel_members"
                + " WHERE channel_id = ? AND slice = ? AND user_id = ?");
    insertFirst =
        tables.prepare(
            "INSERT INTO ${keyspace}.channel_first_members (channel_id, user_id) VALUES (?, ?)");
    selectFirst =
        tables.prepare(
            "SELECT user_id FROM ${keyspace}.channel_first_members WHERE channel_id = ? LIMIT ?");
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
                : named(channel.workspaceId(), channel.name())
                    .thenApply(found -> found.orElseThrow()))
        .exceptionallyCompose(fault -> claimedAfterAll(channel, fault));
  }

  /** A compare-and-set that timed out may have been done: only a serial read knows. */
  private CompletionStage<Channel> claimedAfterAll(Channel channel, Throwable fault) {
    return named(channel.workspaceId(), channel.name())
        .thenCompose(found ->
            found
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(fault)));
  }

  @Override
  public CompletionStage<Optional<Channel>> named(long workspaceId, String name) {
    return tables
        .read(selectName.bind(workspaceId, name), CqlDirectory::channel)
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
        .thenCombine(tables.write(named(channel)), (one, other) -> null)
        .thenCompose(done -> addMember(channel, channel.createdBy()))
        .thenCompose(done ->
            tables.write(
                insertChannel.bind(
                    channel.id(), channel.workspaceId(), channel.name(), channel.createdBy())));
  }

  private BoundStatement named(Channel channel) {
    return insertNamed.bind(
        channel.workspaceId(),
        (byte) LookupStore.nameSlice(channel.id()),
        Folding.fold(channel.name()),
        channel.id());
  }

  @Override
  public CompletionStage<Void> addMember(Channel channel, long userId) {
    return tables
        .write(insertMember.bind(channel.id(), memberSlice(userId), userId))
        .thenCombine(
            tables.write(insertMembership.bind(userId, channel.workspaceId(), channel.id())),
            (one, other) -> null)
        .thenCombine(count(channel.id(), userId), (one, other) -> null);
  }

  private CompletionStage<Void> count(long channelId, long userId) {
    return first(channelId, MOST_COUNTED + 1)
        .thenCompose(counted ->
            counted.size() > MOST_COUNTED || counted.contains(userId)
                ? CompletableFuture.completedStage(null)
                : tables.write(insertFirst.bind(channelId, userId)));
  }

  private CompletionStage<List<Long>> first(long channelId, int limit) {
    return tables.read(selectFirst.bind(channelId, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<Boolean> isMember(long channelId, long userId) {
    return tables
        .read(selectMember.bind(channelId, memberSlice(userId), userId), row -> row.getLong(0))
        .thenApply(rows -> !rows.isEmpty());
  }

  @Override
  public CompletionStage<Integer> everJoined(long channelId, int limit) {
    return first(channelId, limit).thenApply(List::size);
  }

  @Override
  public CompletionStage<List<Channel>> list(
      long workspaceId, int slice, long afterChannel, int limit) {
    return tables.read(
        selectListed.bind(workspaceId, (byte) slice, afterChannel, limit), CqlDirectory::channel);
  }

  @Override
  public CompletionStage<List<Long>> memberships(
      long userId, long workspaceId, long afterChannel, int limit) {
    return tables.read(
        selectMemberships.bind(userId, workspaceId, afterChannel, limit), row -> row.getLong(0));
  }

  private static byte memberSlice(long userId) {
    return (byte) Math.floorMod(Long.hashCode(userId * 0x9E3779B97F4A7C15L), MEMBER_SLICES);
  }

  private static Channel channel(Row row) {
    return new Channel(
        row.getLong(0), row.getLong(1), Objects.requireNonNull(row.getString(2)), row.getLong(3));
  }

  private static Optional<Channel> first(List<Channel> rows) {
    return rows.stream().findFirst();
  }
}
