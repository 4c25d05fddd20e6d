package chat.starling.channel.store;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings what an event says of channels and of who is in them to the rows. A name that a channel
 * had once goes on to lead to it until another has the name: whoever follows it looks at the name
 * that the channel has.
 */
final class ChannelWrites {

  private final CqlTables tables;
  private final NameLists names;
  private final PreparedStatement channel;
  private final PreparedStatement listed;
  private final PreparedStatement named;
  private final PreparedStatement direct;
  private final PreparedStatement member;
  private final PreparedStatement noMember;
  private final PreparedStatement membership;
  private final PreparedStatement noMembership;
  private final FirstMembers firstMembers;

  ChannelWrites(CqlTables tables, NameLists names) {
    this.tables = tables;
    this.names = names;
    channel =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.channel_rules USING TIMESTAMP ? SET workspace_id = ?, kind = ?,"
                + " archived = ?, name = ?, topic = ?, slow_mode_seconds = ?, created_by = ?,"
                + " direct_user_ids = ? WHERE channel_id = ?");
    listed =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.channels_by_workspace (workspace_id, slice, channel_id, kind,"
                + " archived, name, topic, slow_mode_seconds, created_by)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    named =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.channels_by_name (workspace_id, name, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    direct =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.direct_channels (workspace_id, user_ids, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    member =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.channel_members (channel_id, slice, user_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    noMember =
        tables.prepareForLog(
            "DELETE FROM ${keyspace}.channel_members USING TIMESTAMP ?"
                + " WHERE channel_id = ? AND slice = ? AND user_id = ?");
    membership =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.memberships_by_user (user_id, workspace_id, channel_id, kind)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
    noMembership =
        tables.prepareForLog(
            "DELETE FROM ${keyspace}.memberships_by_user USING TIMESTAMP ?"
                + " WHERE user_id = ? AND workspace_id = ? AND channel_id = ?");
    firstMembers = new FirstMembers(tables);
  }

  /** The write of the channel's own partition, which goes there together with others. */
  BoundStatement own(long workspaceId, ChannelRow row, long seq) {
    return channel.bind(
        seq,
        workspaceId,
        ChannelRows.kind(row.getKind()),
        row.getArchived(),
        row.getName(),
        row.getTopic(),
        row.getSlowModeSeconds(),
        row.getCreatedBy(),
        row.getDirectUserIdsList(),
        row.getChannelId());
  }

  /** The writes by which the channel is found. */
  List<CompletionStage<Void>> find(long workspaceId, ChannelRow row, long seq) {
    long id = row.getChannelId();
    List<CompletionStage<Void>> writes = new ArrayList<>();
    if (row.getKind() == ChannelKind.CHANNEL_KIND_DIRECT) {
      writes.add(tables.write(direct.bind(workspaceId, row.getDirectUserIdsList(), id, seq)));
      return writes;
    }
    writes.add(tables.write(named.bind(workspaceId, row.getName(), id, seq)));
    writes.add(names.addChannel(workspaceId, id, row.getName(), seq));
    writes.add(
        tables.write(
            listed.bind(
                workspaceId,
                (byte) DirectoryStore.sliceOf(id),
                id,
                ChannelRows.kind(row.getKind()),
                row.getArchived(),
                row.getName(),
                row.getTopic(),
                row.getSlowModeSeconds(),
                row.getCreatedBy(),
                seq)));
    return writes;
  }

  /** Puts a user into a channel or takes him out. */
  CompletionStage<Void> write(long workspaceId, MembershipChange change, long seq) {
    long channelId = change.getChannelId();
    long userId = change.getUserId();
    byte slice = DirectoryStore.memberSliceOf(userId);
    if (!change.getMember()) {
      return both(
          tables.write(noMember.bind(seq, channelId, slice, userId)),
          tables.write(noMembership.bind(seq, userId, workspaceId, channelId)));
    }
    byte kind = ChannelRows.kind(change.getKind());
    return both(
        both(
            tables.write(member.bind(channelId, slice, userId, seq)),
            tables.write(membership.bind(userId, workspaceId, channelId, kind, seq))),
        firstMembers.count(channelId, userId));
  }

  private static CompletionStage<Void> both(
      CompletionStage<Void> one, CompletionStage<Void> other) {
    return CompletableFuture.allOf(one.toCompletableFuture(), other.toCompletableFuture());
  }
}
