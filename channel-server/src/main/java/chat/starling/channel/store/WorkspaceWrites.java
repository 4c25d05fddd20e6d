package chat.starling.channel.store;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.history.TimeBucket;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.report.ReportStore;
import chat.starling.channel.workspace.AuditEntry;
import chat.starling.channel.workspace.DoneAct;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings events to the rows of workspaces. Every write bears the event's seq as its time stamp;
 * what lies in one partition goes in one write, which is seen whole or not at all.
 */
final class WorkspaceWrites {

  private final CqlTables tables;
  private final Overriding overriding;
  private final ChannelWrites channels;
  private final NameLists names;
  private final PreparedStatement workspace;
  private final PreparedStatement workspaceVersion;
  private final PreparedStatement filters;
  private final PreparedStatement report;
  private final PreparedStatement invitation;
  private final PreparedStatement deleteInvitation;
  private final PreparedStatement role;
  private final PreparedStatement deleteRole;
  private final PreparedStatement member;
  private final PreparedStatement channelVersion;
  private final PreparedStatement override;
  private final PreparedStatement deleteOverride;
  private final PreparedStatement index;
  private final PreparedStatement deleteIndex;
  private final PreparedStatement act;
  private final PreparedStatement auditBucket;
  private final PreparedStatement audit;

  WorkspaceWrites(CqlTables tables, Overriding overriding) {
    this.tables = tables;
    this.overriding = overriding;
    names = new NameLists(tables);
    channels = new ChannelWrites(tables, names);
    workspace =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.workspaces USING TIMESTAMP ? SET name = ?, owner_id = ?"
                + " WHERE workspace_id = ?");
    workspaceVersion =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.workspaces USING TIMESTAMP ? SET version = ?"
                + " WHERE workspace_id = ?");
    filters =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.workspaces USING TIMESTAMP ? SET filters = ?"
                + " WHERE workspace_id = ?");
    report =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.reports USING TIMESTAMP ? AND TTL "
                + ReportStore.KEPT.toSeconds()
                + " SET state = ?, settled_by = ?"
                + " WHERE workspace_id = ? AND bucket = ? AND report_id = ?");
    invitation =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.invitations (workspace_id, invitation_id, invitation)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    deleteInvitation =
        tables.prepareForBatch(
            "DELETE FROM ${keyspace}.invitations USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND invitation_id = ?");
    role =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.workspaces (workspace_id, role_id, role_name, position,"
                + " permissions, role_version) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    deleteRole =
        tables.prepareForBatch(
            "DELETE FROM ${keyspace}.workspaces USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND role_id = ?");
    member =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.workspace_members (workspace_id, slice, user_id, state, roles,"
                + " nickname, timed_out_until, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
    channelVersion =
        tables.prepareForBatch(
            "UPDATE ${keyspace}.channel_rules USING TIMESTAMP ? SET version = ?"
                + " WHERE channel_id = ?");
    override =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.channel_rules (channel_id, target_kind, target_id, allowed,"
                + " denied) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?");
    deleteOverride =
        tables.prepareForBatch(
            "DELETE FROM ${keyspace}.channel_rules USING TIMESTAMP ?"
                + " WHERE channel_id = ? AND target_kind = ? AND target_id = ?");
    index =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.overrides_by_role (workspace_id, role_id, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    deleteIndex =
        tables.prepareForBatch(
            "DELETE FROM ${keyspace}.overrides_by_role USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND role_id = ? AND channel_id = ?");
    act =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.workspace_acts (workspace_id, actor_id, nonce, seq, made_id,"
                + " fingerprint) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL 86400");
    auditBucket =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.audit_buckets (workspace_id, bucket) VALUES (?, ?)"
                + " USING TIMESTAMP ?");
    audit =
        tables.prepareForBatch(
            "INSERT INTO ${keyspace}.audit_log (workspace_id, bucket, event_id, event)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
  }

  CompletionStage<Void> apply(List<WorkspaceEvent> events) {
    Mutations rows = new Mutations(tables);
    events.forEach(event -> new Applying(event, rows).run());
    note(events.stream().flatMap(event -> AuditEntry.of(event).stream()).toList(), rows);
    return rows.send();
  }

  /** Writes an entry of the audit log. */
  CompletionStage<Void> note(WorkspaceEvent entry) {
    Mutations rows = new Mutations(tables);
    note(List.of(entry), rows);
    return rows.send();
  }

  private void note(List<WorkspaceEvent> entries, Mutations rows) {
    Set<Day> days = new HashSet<>();
    for (WorkspaceEvent entry : entries) {
      Day day = new Day(entry.getWorkspaceId(), TimeBucket.of(entry.getEventId()));
      if (days.add(day)) {
        rows.add(auditBucket.bind(day.workspaceId, day.bucket, entry.getSeq()));
      }
      ByteBuffer bytes = entry.toByteString().asReadOnlyByteBuffer();
      rows.add(audit.bind(day.workspaceId, day.bucket, entry.getEventId(), bytes, entry.getSeq()));
    }
  }

  /** A day of a workspace's audit log. */
  private record Day(long workspaceId, long bucket) {}

  /** Channels that have an override for a role. */
  interface Overriding {
    CompletionStage<List<Long>> of(long workspaceId, long roleId, int limit);
  }

  /** One event on its way to its rows. */
  private final class Applying {
    private final WorkspaceEvent event;
    private final Mutations rows;
    private final long id;
    private final long seq;
    private final Set<Long> touched = new HashSet<>();

    Applying(WorkspaceEvent event, Mutations rows) {
      this.event = event;
      this.rows = rows;
      this.id = event.getWorkspaceId();
      this.seq = event.getSeq();
    }

    void run() {
      event.getChangesList().forEach(this::add);
      rows.add(
          act.bind(
              id,
              event.getActorId(),
              event.getNonce().asReadOnlyByteBuffer(),
              seq,
              event.getMadeId(),
              DoneAct.fingerprint(event.getAct()),
              seq));
    }

    private void add(WorkspaceChange change) {
      switch (change.getChangeCase()) {
        case WORKSPACE ->
            ofWorkspace(
                workspace.bind(
                    seq, change.getWorkspace().getName(), change.getWorkspace().getOwnerId(), id));
        case ROLE -> ofWorkspace(bound(change.getRole()));
        case DELETED_ROLE_ID -> delete(change.getDeletedRoleId());
        case MEMBER -> {
          rows.add(bound(change.getMember()));
          list(change.getMember());
        }
        case CHANNEL -> {
          ChannelRow row = change.getChannel();
          ofChannel(row.getChannelId(), channels.own(id, row, seq));
          channels.find(id, row, seq).forEach(rows::await);
        }
        case OVERRIDE ->
            set(change.getOverride().getChannelId(), change.getOverride().getOverride());
        case MEMBERSHIP -> rows.await(channels.write(id, change.getMembership(), seq));
        case FILTERS ->
            ofWorkspace(
                filters.bind(seq, change.getFilters().toByteString().asReadOnlyByteBuffer(), id));
        case REPORT -> rows.add(bound(change.getReport()));
        case INVITATION -> rows.add(bound(change.getInvitation()));
        case DELETED_INVITATION_ID ->
            rows.add(deleteInvitation.bind(seq, id, change.getDeletedInvitationId()));
        case CHANGE_NOT_SET -> throw new IllegalStateException("a change that is none");
      }
    }

    private BoundStatement bound(RoleRow row) {
      return role.bind(
          id,
          row.getRoleId(),
          row.getName(),
          (short) row.getPosition(),
          row.getPermissions(),
          seq,
          seq);
    }

    private BoundStatement bound(WorkspaceChange.SettledReport settled) {
      return report.bind(
          seq,
          (byte) settled.getStateValue(),
          settled.getSettledBy(),
          id,
          TimeBucket.of(settled.getReportId()),
          settled.getReportId());
    }

    private BoundStatement bound(InvitationRow row) {
      return invitation.bind(
          id, row.getInvitationId(), row.toByteString().asReadOnlyByteBuffer(), seq);
    }

    private BoundStatement bound(MemberRow row) {
      return member.bind(
          id,
          (byte) WorkspaceStore.sliceOf(row.getUserId()),
          row.getUserId(),
          (byte) row.getStateValue(),
          row.getRoleIdsList(),
          row.getNickname(),
          row.getTimedOutUntilMillis(),
          seq,
          seq);
    }

    private void list(MemberRow row) {
      UserKey user = new UserKey(id, row.getUserId());
      rows.await(names.add(user, row.getNickname(), NameLists.NICKNAME, seq));
    }

    private void delete(long roleId) {
      ofWorkspace(deleteRole.bind(seq, id, roleId));
      rows.await(
          overriding
              .of(id, roleId, WorkspaceStore.MOST_OVERRIDDEN)
              .thenCompose(channels -> deleteOverrides(roleId, channels)));
    }

    /** The index goes last, channel by channel: what is interrupted is found again by it. */
    private CompletionStage<Void> deleteOverrides(long roleId, List<Long> channels) {
      CompletionStage<Void> done = CompletableFuture.completedStage(null);
      for (long channelId : channels) {
        List<BoundStatement> gone =
            List.of(
                deleteOverride.bind(seq, channelId, CqlWorkspaces.ROLE, roleId),
                channelVersion.bind(seq, seq, channelId));
        done =
            done.thenCompose(before -> tables.writeTogether(gone))
                .thenCompose(before ->
                    tables.writeTogether(List.of(deleteIndex.bind(seq, id, roleId, channelId))));
      }
      return done;
    }

    private void set(long channelId, OverrideRow row) {
      boolean removed = row.getAllow() == 0 && row.getDeny() == 0;
      byte kind = row.hasUserId() ? CqlWorkspaces.MEMBER : CqlWorkspaces.ROLE;
      long target = row.hasUserId() ? row.getUserId() : row.getRoleId();
      ofChannel(
          channelId,
          removed
              ? deleteOverride.bind(seq, channelId, kind, target)
              : override.bind(channelId, kind, target, row.getAllow(), row.getDeny(), seq));
      if (kind == CqlWorkspaces.ROLE && target != id) {
        rows.add(
            removed
                ? deleteIndex.bind(seq, id, target, channelId)
                : index.bind(id, target, channelId, seq));
      }
    }

    /** A write of the workspace's own partition, which has a version. */
    private void ofWorkspace(BoundStatement write) {
      rows.add(write);
      if (touched.add(id)) {
        rows.add(workspaceVersion.bind(seq, seq, id));
      }
    }

    /** A write of the channel's own partition, which has a version. */
    private void ofChannel(long channelId, BoundStatement write) {
      rows.add(write);
      if (touched.add(channelId)) {
        rows.add(channelVersion.bind(seq, seq, channelId));
      }
    }
  }
}
