package chat.starling.bench;

import chat.starling.api.internal.v1.MemberState;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes rows of workspaces with the driver alone, as old as can be: whatever an event says of the
 * same row is newer. Rows of one partition go together. Closing it waits for all.
 */
final class DirectoryRows implements AutoCloseable {

  private static final int TOGETHER = 60;
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int MEMBER_SLICES = 32;
  private static final int CHANNEL_SLICES = 64;

  private record Partition(String table, long id, long slice) {}

  private final Map<Partition, List<BoundStatement>> gathered = new HashMap<>();
  private final CqlTables tables;
  private final Inserts inserts;
  private final PreparedStatement member;
  private final PreparedStatement name;
  private final PreparedStatement channelMember;
  private final PreparedStatement membership;
  private final PreparedStatement firstMember;

  /**
   * @param progress told from time to time
   */
  DirectoryRows(CqlTables tables, Consumer<String> progress) {
    this.tables = tables;
    inserts = new Inserts(progress);
    member =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.workspace_members (workspace_id, slice, user_id, state, roles,"
                + " nickname, timed_out_until, version) VALUES (?, ?, ?, ?, ?, '', 0, 1)"
                + " USING TIMESTAMP 1");
    name =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.user_names (workspace_id, slice, user_id, display_name)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP 1");
    channelMember =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.channel_members (channel_id, slice, user_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP 1");
    membership =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.memberships_by_user (user_id, workspace_id, channel_id, kind)"
                + " VALUES (?, ?, ?, 0) USING TIMESTAMP 1");
    firstMember =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.channel_first_members (channel_id, user_id) VALUES (?, ?)");
  }

  /** A user who is a member and has these roles. */
  void member(long workspaceId, long userId, List<Long> roles) {
    byte slice = slice(userId, MEMBER_SLICES);
    byte state = (byte) MemberState.MEMBER_STATE_MEMBER_VALUE;
    add(
        new Partition("members", workspaceId, slice),
        member.bind(workspaceId, slice, userId, state, roles));
  }

  /** What the user is called. */
  void name(long workspaceId, long userId, String displayName) {
    byte slice = slice(userId, MEMBER_SLICES);
    add(
        new Partition("names", workspaceId, slice),
        name.bind(workspaceId, slice, userId, displayName));
  }

  /** The channel lists the user. */
  void inChannel(long channelId, long userId) {
    byte slice = slice(userId, CHANNEL_SLICES);
    add(
        new Partition("channel members", channelId, slice),
        channelMember.bind(channelId, slice, userId));
  }

  /** The user is one of those by whom it is known whether the channel is small. */
  void amongFirst(long channelId, long userId) {
    add(new Partition("first members", channelId, 0), firstMember.bind(channelId, userId));
  }

  /** The user's list names the channel. */
  void membership(long userId, long workspaceId, long channelId) {
    add(
        new Partition("memberships", userId, workspaceId),
        membership.bind(userId, workspaceId, channelId));
  }

  /**
   * Writes what is still gathered, and waits for all.
   *
   * @throws IllegalStateException when a row could not be written
   */
  @Override
  public void close() {
    gathered.values().forEach(this::write);
    gathered.clear();
    inserts.close();
  }

  private void add(Partition partition, BoundStatement row) {
    List<BoundStatement> rows = gathered.computeIfAbsent(partition, none -> new ArrayList<>());
    rows.add(row);
    if (rows.size() == TOGETHER) {
      gathered.remove(partition);
      write(rows);
    }
  }

  private void write(List<BoundStatement> rows) {
    inserts.add(rows.size(), () -> tables.writeTogether(rows));
  }

  /** The slice that channel servers look for it in. */
  private static byte slice(long id, int slices) {
    return (byte) Math.floorMod(Long.hashCode(id * MIX), slices);
  }
}
