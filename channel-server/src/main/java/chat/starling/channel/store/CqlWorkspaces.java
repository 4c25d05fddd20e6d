package chat.starling.channel.store;

import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.channel.workspace.ChannelState;
import chat.starling.channel.workspace.DoneAct;
import chat.starling.channel.workspace.Workspace;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Workspaces in their tables. Only events write them: see {@link WorkspaceWrites}. */
public final class CqlWorkspaces implements WorkspaceStore {

  /** What a target_kind of channel_rules is. */
  static final byte ROLE = 0;

  static final byte MEMBER = 1;

  /** What {@link #member(Row)} reads; ends where a condition on the user follows. */
  static final String MEMBER_COLUMNS =
      "SELECT user_id, state, roles, nickname, timed_out_until, version"
          + " FROM ${keyspace}.workspace_members WHERE workspace_id = ? AND slice = ? AND user_id";

  private final CqlTables tables;
  private final WorkspaceWrites writes;
  private final PreparedStatement selectWorkspace;
  private final PreparedStatement selectMember;
  private final PreparedStatement selectMembers;
  private final PreparedStatement selectRules;
  private final PreparedStatement selectNamed;
  private final PreparedStatement selectDirect;
  private final PreparedStatement selectInChannel;
  private final PreparedStatement selectMemberships;
  private final PreparedStatement selectOverriding;
  private final PreparedStatement selectInvitations;
  private final PreparedStatement selectAct;
  private final PreparedStatement selectBuckets;
  private final PreparedStatement selectAudit;

  /** Workspaces in these tables. */
  public CqlWorkspaces(CqlTables tables) {
    this.tables = tables;
    writes = new WorkspaceWrites(tables, this::channelsOverriding);
    selectWorkspace =
        tables.prepareForLog(
            "SELECT role_id, name, owner_id, filters, version, role_name, position, permissions,"
                + " role_version FROM ${keyspace}.workspaces WHERE workspace_id = ?");
    selectMember = tables.prepareForLog(MEMBER_COLUMNS + " = ?");
    selectMembers = tables.prepareForLog(MEMBER_COLUMNS + " > ? LIMIT ?");
    selectRules =
        tables.prepareForLog(
            "SELECT target_kind, target_id, version, allowed, denied, "
                + ChannelRows.WHOLE
                + " FROM ${keyspace}.channel_rules WHERE channel_id = ?");
    selectNamed =
        tables.prepareForLog(
            "SELECT channel_id FROM ${keyspace}.channels_by_name"
                + " WHERE workspace_id = ? AND name = ?");
    selectDirect =
        tables.prepareForLog(
            "SELECT channel_id FROM ${keyspace}.direct_channels"
                + " WHERE workspace_id = ? AND user_ids = ?");
    selectInChannel =
        tables.prepareForLog(
            "SELECT user_id FROM ${keyspace}.channel_members"
                + " WHERE channel_id = ? AND slice = ? AND user_id = ?");
    selectMemberships =
        tables.prepareForLog(
            "SELECT channel_id, kind FROM ${keyspace}.memberships_by_user"
                + " WHERE user_id = ? AND workspace_id = ? LIMIT ?");
    selectOverriding =
        tables.prepareForLog(
            "SELECT channel_id FROM ${keyspace}.overrides_by_role"
                + " WHERE workspace_id = ? AND role_id = ? LIMIT ?");
    selectInvitations =
        tables.prepareForLog(
            "SELECT invitation FROM ${keyspace}.invitations WHERE workspace_id = ?");
    selectAct =
        tables.prepareForLog(
            "SELECT seq, made_id, fingerprint FROM ${keyspace}.workspace_acts"
                + " WHERE workspace_id = ? AND actor_id = ? AND nonce = ?");
    selectBuckets =
        tables.prepareForLog(
            "SELECT bucket FROM ${keyspace}.audit_buckets"
                + " WHERE workspace_id = ? AND bucket <= ? LIMIT ?");
    selectAudit =
        tables.prepareForLog(
            "SELECT event FROM ${keyspace}.audit_log"
                + " WHERE workspace_id = ? AND bucket = ? AND event_id < ? LIMIT ?");
  }

  @Override
  public CompletionStage<Optional<Workspace>> workspace(long workspaceId) {
    return tables
        .read(selectWorkspace.bind(workspaceId), row -> row)
        .thenApply(rows -> rows.isEmpty() ? Optional.empty() : workspace(workspaceId, rows));
  }

  private static Optional<Workspace> workspace(long id, List<Row> rows) {
    Row first = rows.getFirst();
    WorkspaceRow row =
        WorkspaceRow.newBuilder()
            .setName(text(first, "name"))
            .setOwnerId(first.getLong("owner_id"))
            .build();
    return Optional.of(
        new Workspace(
            id,
            row,
            rows.stream().map(CqlWorkspaces::role).toList(),
            filters(first),
            first.getLong("version")));
  }

  private static FiltersRow filters(Row row) {
    ByteBuffer bytes = row.getByteBuffer("filters");
    try {
      return bytes == null ? FiltersRow.getDefaultInstance() : FiltersRow.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("filters that are none", e);
    }
  }

  private static RoleRow role(Row row) {
    return RoleRow.newBuilder()
        .setRoleId(row.getLong("role_id"))
        .setName(text(row, "role_name"))
        .setPosition(row.getShort("position"))
        .setPermissions(row.getLong("permissions"))
        .setVersion(row.getLong("role_version"))
        .build();
  }

  @Override
  public CompletionStage<Optional<MemberRow>> member(long workspaceId, long userId) {
    byte slice = (byte) WorkspaceStore.sliceOf(userId);
    return tables
        .read(selectMember.bind(workspaceId, slice, userId), CqlWorkspaces::member)
        .thenApply(rows -> rows.stream().findFirst());
  }

  static MemberRow member(Row row) {
    return MemberRow.newBuilder()
        .setUserId(row.getLong("user_id"))
        .setState(MemberState.forNumber(row.getByte("state")))
        .addAllRoleIds(Objects.requireNonNull(row.getList("roles", Long.class)))
        .setNickname(text(row, "nickname"))
        .setTimedOutUntilMillis(row.getLong("timed_out_until"))
        .setVersion(row.getLong("version"))
        .build();
  }

  @Override
  public CompletionStage<Optional<ChannelState>> channel(long channelId) {
    return tables
        .read(selectRules.bind(channelId), row -> row)
        .thenApply(rows -> rows.isEmpty() ? Optional.empty() : Optional.of(channel(rows)));
  }

  private static ChannelState channel(List<Row> rows) {
    Row first = rows.getFirst();
    return new ChannelState(
        first.getLong("workspace_id"),
        ChannelRows.whole(first),
        // Where there are no overrides, there is one row and it names no target.
        rows.stream().filter(row -> !row.isNull("target_id")).map(CqlWorkspaces::override).toList(),
        first.getLong("version"));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> named(long workspaceId, String name) {
    return tables
        .read(selectNamed.bind(workspaceId, name), row -> row.getLong(0))
        .thenCompose(this::first)
        .thenApply(found -> found.filter(channel -> channel.row().getName().equals(name)));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> direct(long workspaceId, List<Long> userIds) {
    return tables
        .read(selectDirect.bind(workspaceId, userIds), row -> row.getLong(0))
        .thenCompose(this::first);
  }

  private CompletionStage<Optional<ChannelState>> first(List<Long> ids) {
    return ids.isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : channel(ids.getFirst());
  }

  @Override
  public CompletionStage<Boolean> isInChannel(long channelId, long userId) {
    return tables
        .read(
            selectInChannel.bind(channelId, DirectoryStore.memberSliceOf(userId), userId),
            row -> row)
        .thenApply(rows -> !rows.isEmpty());
  }

  @Override
  public CompletionStage<List<MembershipChange>> memberships(
      long workspaceId, long userId, int limit) {
    return tables.read(
        selectMemberships.bind(userId, workspaceId, limit),
        row ->
            MembershipChange.newBuilder()
                .setChannelId(row.getLong("channel_id"))
                .setUserId(userId)
                .setMember(true)
                .setKindValue(row.getByte("kind"))
                .build());
  }

  private static OverrideRow override(Row row) {
    OverrideRow.Builder override =
        OverrideRow.newBuilder().setAllow(row.getLong("allowed")).setDeny(row.getLong("denied"));
    long target = row.getLong("target_id");
    return row.getByte("target_kind") == ROLE
        ? override.setRoleId(target).build()
        : override.setUserId(target).build();
  }

  @Override
  public CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit) {
    return tables.read(selectOverriding.bind(workspaceId, roleId, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<List<InvitationRow>> invitations(long workspaceId) {
    return tables.read(selectInvitations.bind(workspaceId), CqlWorkspaces::invitation);
  }

  private static InvitationRow invitation(Row row) {
    ByteBuffer bytes = Objects.requireNonNull(row.getByteBuffer(0));
    try {
      return InvitationRow.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an invitation that is none", e);
    }
  }

  @Override
  public CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce) {
    return tables
        .read(
            selectAct.bind(workspaceId, actorId, nonce.asReadOnlyByteBuffer()),
            row -> new DoneAct(row.getLong(0), row.getLong(1), row.getLong(2)))
        .thenApply(rows -> rows.stream().findFirst());
  }

  @Override
  public CompletionStage<Void> apply(List<WorkspaceEvent> events) {
    return writes.apply(events);
  }

  @Override
  public CompletionStage<Void> note(WorkspaceEvent entry) {
    return writes.note(entry);
  }

  @Override
  public CompletionStage<List<MemberRow>> members(
      long workspaceId, int slice, long afterUser, int limit) {
    return tables.read(
        selectMembers.bind(workspaceId, (byte) slice, afterUser, limit), CqlWorkspaces::member);
  }

  @Override
  public CompletionStage<List<Long>> auditBuckets(long workspaceId, long from, int limit) {
    return tables.read(selectBuckets.bind(workspaceId, from, limit), row -> row.getLong(0));
  }

  @Override
  public CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long bucket, long beforeEventId, int limit) {
    return tables.read(
        selectAudit.bind(workspaceId, bucket, beforeEventId, limit), CqlWorkspaces::event);
  }

  private static WorkspaceEvent event(Row row) {
    ByteBuffer bytes = Objects.requireNonNull(row.getByteBuffer(0));
    try {
      return WorkspaceEvent.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an audit entry that is no event", e);
    }
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNullElse(row.getString(column), "");
  }
}
