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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        tables.prepareForLog(
            "UPDATE ${keyspace}.reports USING TIMESTAMP ? AND TTL "
                + ReportStore.KEPT.toSeconds()
                + " SET state = ?, settled_by = ?"
                + " WHERE workspace_id = ? AND bucket = ? AND report_id = ?");
    invitation =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.invitations (workspace_id, invitation_id, invitation)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    deleteInvitation =
        tables.prepareForLog(
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
        tables.prepareForLog(
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
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.overrides_by_role (workspace_id, role_id, channel_id)"
                + " VALUES (?, ?, ?) USING TIMESTAMP ?");
    deleteIndex =
        tables.prepareForLog(
            "DELETE FROM ${keyspace}.overrides_by_role USING TIMESTAMP ?"
                + " WHERE workspace_id = ? AND role_id = ? AND channel_id = ?");
    act =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.workspace_acts (workspace_id, actor_id, nonce, seq, made_id,"
                + " fingerprint) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL 86400");
    auditBucket =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.audit_buckets (workspace_id, bucket) VALUES (?, ?)"
                + " USING TIMESTAMP ?");
    audit =
        tables.prepareForLog(
            "INSERT INTO ${keyspace}.audit_log (workspace_id, bucket, event_id, event)"
                + " VALUES (?, ?, ?, ?) USING TIMESTAMP ?");
  }

  CompletionStage<Void> apply(WorkspaceEvent event) {
    return new Applying(event).run();
  }

  /** Writes an entry of the audit log. */
  CompletionStage<Void> note(WorkspaceEvent entry) {
    long workspaceId = entry.getWorkspaceId();
    long bucket = TimeBucket.of(entry.getEventId());
    ByteBuffer bytes = entry.toByteString().asReadOnlyByteBuffer();
    return tables
        .write(auditBucket.bind(workspaceId, bucket, entry.getSeq()))
        .thenCombine(
            tables.write(
                audit.bind(workspaceId, bucket, entry.getEventId(), bytes, entry.getSeq())),
            (one, other) -> null);
  }

  /** Channels that have an override for a role. */
  interface Overriding {
    CompletionStage<List<Long>> of(long workspaceId, long roleId, int limit);
  }

  /** One event on its way to its rows. */
  private final class Applying {
    private final WorkspaceEvent event;
    private final long id;
    private final long seq;
    private final List<BoundStatement> ofWorkspace = new ArrayList<>();
    private final Map<Long, List<BoundStatement>> ofChannels = new LinkedHashMap<>();
    private final List<CompletionStage<Void>> writes = new ArrayList<>();

    Applying(WorkspaceEvent event) {
      this.event = event;
      this.id = event.getWorkspaceId();
      this.seq = event.getSeq();
    }

    CompletionStage<Void> run() {
      event.getChangesList().forEach(this::add);
      if (!ofWorkspace.isEmpty()) {
        ofWorkspace.add(workspaceVersion.bind(seq, seq, id));
        writes.add(tables.writeTogether(ofWorkspace));
      }
      ofChannels.forEach(this::writeChannel);
      remember();
      return all();
    }

    private void add(WorkspaceChange change) {
      switch (change.getChangeCase()) {
        case WORKSPACE ->
            ofWorkspace.add(
                workspace.bind(
                    seq, change.getWorkspace().getName(), change.getWorkspace().getOwnerId(), id));
        case ROLE -> ofWorkspace.add(bound(change.getRole()));
        case DELETED_ROLE_ID -> delete(change.getDeletedRoleId());
        case MEMBER -> {
          writes.add(tables.write(bound(change.getMember())));
          list(change.getMember());
        }
        case CHANNEL -> {
          ChannelRow row = change.getChannel();
          ofChannel(row.getChannelId()).add(channels.own(id, row, seq));
          writes.addAll(channels.find(id, row, seq));
        }
        case OVERRIDE ->
            set(change.getOverride().getChannelId(), change.getOverride().getOverride());
        case MEMBERSHIP -> writes.add(channels.write(id, change.getMembership(), seq));
        case FILTERS ->
            ofWorkspace.add(
                filters.bind(seq, change.getFilters().toByteString().asReadOnlyByteBuffer(), id));
        case REPORT -> writes.add(tables.write(bound(change.getReport())));
        case INVITATION -> writes.add(tables.write(bound(change.getInvitation())));
        case DELETED_INVITATION_ID ->
            writes.add(
                tables.write(deleteInvitation.bind(seq, id, change.getDeletedInvitationId())));
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
      writes.add(names.add(user, row.getNickname(), NameLists.NICKNAME, seq));
    }

    private void delete(long roleId) {
      ofWorkspace.add(deleteRole.bind(seq, id, roleId));
      writes.add(
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
                .thenCompose(before -> tables.write(deleteIndex.bind(seq, id, roleId, channelId)));
      }
      return done;
    }

    private void set(long channelId, OverrideRow row) {
      boolean removed = row.getAllow() == 0 && row.getDeny() == 0;
      byte kind = row.hasUserId() ? CqlWorkspaces.MEMBER : CqlWorkspaces.ROLE;
      long target = row.hasUserId() ? row.getUserId() : row.getRoleId();
      ofChannel(channelId)
          .add(
              removed
                  ? deleteOverride.bind(seq, channelId, kind, target)
                  : override.bind(channelId, kind, target, row.getAllow(), row.getDeny(), seq));
      if (kind == CqlWorkspaces.ROLE && target != id) {
        writes.add(
            tables.write(
                removed
                    ? deleteIndex.bind(seq, id, target, channelId)
                    : index.bind(id, target, channelId, seq)));
      }
    }

    private List<BoundStatement> ofChannel(long channelId) {
      return ofChannels.computeIfAbsent(channelId, c -> new ArrayList<>());
    }

    private void writeChannel(long channelId, List<BoundStatement> changes) {
      changes.add(channelVersion.bind(seq, seq, channelId));
      writes.add(tables.writeTogether(changes));
    }

    private void remember() {
      writes.add(
          tables.write(
              act.bind(
                  id,
                  event.getActorId(),
                  event.getNonce().asReadOnlyByteBuffer(),
                  seq,
                  event.getMadeId(),
                  DoneAct.fingerprint(event.getAct()),
                  seq)));
      AuditEntry.of(event).ifPresent(entry -> writes.add(note(entry)));
    }

    private CompletionStage<Void> all() {
      CompletionStage<Void> all = CompletableFuture.completedStage(null);
      for (CompletionStage<Void> write : writes) {
        all = all.thenCombine(write, (one, other) -> null);
      }
      return all;
    }
  }
}
