package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Events of a workspace as entries of its audit log. */
public final class AuditEntries {

  private AuditEntries() {}

  /** The entry of an event. */
  public static AuditEntry of(WorkspaceEvent event) {
    AuditEntry.Builder entry =
        AuditEntry.newBuilder()
            .setEntryId(event.getEventId())
            .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(event.getEventId())))
            .setActorId(event.getActorId())
            .setReason(event.getReason());
    Act act = event.getAct();
    switch (act.getActCase()) {
      case FOUND ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_FOUND_WORKSPACE)
              .putDetails("name", act.getFound().getName());
      case CREATE_ROLE, EDIT_ROLE, DELETE_ROLE, GIVE_ROLE, TAKE_ROLE -> role(entry, event);
      case SET_OVERRIDE, REMOVE_OVERRIDE -> override(entry, act);
      case KICK, BAN, LIFT_BAN, TIME_OUT, LIFT_TIME_OUT, SET_NICKNAME, TRANSFER_OWNERSHIP ->
          member(entry, act);
      case ENTER -> entry.setAction(AuditAction.AUDIT_ACTION_ENTER_WORKSPACE);
      case LEAVE -> entry.setAction(AuditAction.AUDIT_ACTION_LEAVE_WORKSPACE);
      case ARCHIVE_CHANNEL, RESTORE_CHANNEL, CREATE_CHANNEL, RENAME_CHANNEL, SET_TOPIC ->
          channel(entry, event);
      case SET_SLOW_MODE, JOIN_CHANNEL, LEAVE_CHANNEL -> channel(entry, event);
      case ADD_TO_CHANNEL, REMOVE_FROM_CHANNEL -> channelMember(entry, act);
      case DELETE_MESSAGE -> deletion(entry, act.getDeleteMessage());
      case SET_FILTERS ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_SET_FILTERS)
              .putDetails("filters", Integer.toString(act.getSetFilters().getFiltersCount()));
      case SETTLE_REPORT ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_SETTLE_REPORT)
              .putDetails("report_id", Long.toString(act.getSettleReport().getReportId()))
              .putDetails("state", act.getSettleReport().getState().name());
      case CREATE_INVITATION, REVOKE_INVITATION, ACCEPT_INVITATION -> invitation(entry, event);
      case OPEN_DIRECT, ACT_NOT_SET -> {}
    }
    return entry.build();
  }

  private static void role(AuditEntry.Builder entry, WorkspaceEvent event) {
    Act act = event.getAct();
    switch (act.getActCase()) {
      case CREATE_ROLE ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_CREATE_ROLE)
              .setRoleId(event.getMadeId())
              .putDetails("name", act.getCreateRole().getName())
              .putDetails("position", Integer.toString(act.getCreateRole().getPosition()))
              .putDetails("permissions", mask(act.getCreateRole().getPermissions()));
      case EDIT_ROLE -> editedRole(entry, act.getEditRole());
      case DELETE_ROLE ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_DELETE_ROLE)
              .setRoleId(act.getDeleteRole().getRoleId());
      case GIVE_ROLE ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_GIVE_ROLE)
              .setRoleId(act.getGiveRole().getRoleId())
              .setUserId(act.getGiveRole().getUserId());
      default ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_TAKE_ROLE)
              .setRoleId(act.getTakeRole().getRoleId())
              .setUserId(act.getTakeRole().getUserId());
    }
  }

  private static void editedRole(AuditEntry.Builder entry, Act.EditRole edit) {
    entry.setAction(AuditAction.AUDIT_ACTION_UPDATE_ROLE).setRoleId(edit.getRoleId());
    if (edit.hasName()) {
      entry.putDetails("name", edit.getName());
    }
    if (edit.hasPosition()) {
      entry.putDetails("position", Integer.toString(edit.getPosition()));
    }
    if (edit.hasPermissions()) {
      entry.putDetails("permissions", mask(edit.getPermissions()));
    }
  }

  private static void override(AuditEntry.Builder entry, Act act) {
    boolean set = act.hasSetOverride();
    OverrideRow row =
        set ? act.getSetOverride().getOverride() : act.getRemoveOverride().getOverride();
    entry
        .setChannelId(
            set ? act.getSetOverride().getChannelId() : act.getRemoveOverride().getChannelId())
        .setRoleId(row.getRoleId())
        .setUserId(row.getUserId());
    if (set) {
      entry
          .setAction(AuditAction.AUDIT_ACTION_SET_OVERRIDE)
          .putDetails("allow", mask(row.getAllow()))
          .putDetails("deny", mask(row.getDeny()));
    } else {
      entry.setAction(AuditAction.AUDIT_ACTION_REMOVE_OVERRIDE);
    }
  }

  private static void member(AuditEntry.Builder entry, Act act) {
    switch (act.getActCase()) {
      case KICK ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_KICK_MEMBER)
              .setUserId(act.getKick().getUserId());
      case BAN ->
          entry.setAction(AuditAction.AUDIT_ACTION_BAN_MEMBER).setUserId(act.getBan().getUserId());
      case LIFT_BAN ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_LIFT_BAN)
              .setUserId(act.getLiftBan().getUserId());
      case TIME_OUT ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_TIME_OUT_MEMBER)
              .setUserId(act.getTimeOut().getUserId())
              .putDetails(
                  "until", Instant.ofEpochMilli(act.getTimeOut().getUntilMillis()).toString());
      case LIFT_TIME_OUT ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_LIFT_TIME_OUT)
              .setUserId(act.getLiftTimeOut().getUserId());
      case SET_NICKNAME ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_UPDATE_NICKNAME)
              .setUserId(act.getSetNickname().getUserId())
              .putDetails("nickname", act.getSetNickname().getNickname());
      default ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_TRANSFER_OWNERSHIP)
              .setUserId(act.getTransferOwnership().getUserId());
    }
  }

  private static void channel(AuditEntry.Builder entry, WorkspaceEvent event) {
    Act act = event.getAct();
    switch (act.getActCase()) {
      case ARCHIVE_CHANNEL ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_ARCHIVE_CHANNEL)
              .setChannelId(act.getArchiveChannel().getChannelId());
      case RESTORE_CHANNEL ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_RESTORE_CHANNEL)
              .setChannelId(act.getRestoreChannel().getChannelId());
      case CREATE_CHANNEL ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_CREATE_CHANNEL)
              .setChannelId(event.getMadeId())
              .putDetails("name", act.getCreateChannel().getName());
      case RENAME_CHANNEL ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_RENAME_CHANNEL)
              .setChannelId(act.getRenameChannel().getChannelId())
              .putDetails("name", act.getRenameChannel().getName());
      case SET_TOPIC ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_SET_CHANNEL_TOPIC)
              .setChannelId(act.getSetTopic().getChannelId())
              .putDetails("topic", act.getSetTopic().getTopic());
      case SET_SLOW_MODE ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_SET_SLOW_MODE)
              .setChannelId(act.getSetSlowMode().getChannelId())
              .putDetails("seconds", Integer.toString(act.getSetSlowMode().getSeconds()));
      case JOIN_CHANNEL ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_JOIN_CHANNEL)
              .setChannelId(act.getJoinChannel().getChannelId());
      default ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_LEAVE_CHANNEL)
              .setChannelId(act.getLeaveChannel().getChannelId());
    }
  }

  private static void channelMember(AuditEntry.Builder entry, Act act) {
    if (act.hasAddToChannel()) {
      entry
          .setAction(AuditAction.AUDIT_ACTION_ADD_CHANNEL_MEMBER)
          .setChannelId(act.getAddToChannel().getChannelId())
          .setUserId(act.getAddToChannel().getUserId());
    } else {
      entry
          .setAction(AuditAction.AUDIT_ACTION_REMOVE_CHANNEL_MEMBER)
          .setChannelId(act.getRemoveFromChannel().getChannelId())
          .setUserId(act.getRemoveFromChannel().getUserId());
    }
  }

  private static void invitation(AuditEntry.Builder entry, WorkspaceEvent event) {
    Act act = event.getAct();
    switch (act.getActCase()) {
      case CREATE_INVITATION ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_CREATE_INVITATION)
              .putDetails("invitation_id", Long.toString(event.getMadeId()))
              .putDetails("role_ids", ids(act.getCreateInvitation().getRoleIdsList()))
              .putDetails("max_uses", Integer.toString(act.getCreateInvitation().getMaxUses()))
              .putDetails(
                  "expires_after_seconds",
                  Integer.toString(act.getCreateInvitation().getExpiresAfterSeconds()));
      case REVOKE_INVITATION ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_REVOKE_INVITATION)
              .putDetails(
                  "invitation_id", Long.toString(act.getRevokeInvitation().getInvitationId()));
      default ->
          entry
              .setAction(AuditAction.AUDIT_ACTION_ACCEPT_INVITATION)
              .setUserId(event.getActorId())
              .putDetails(
                  "invitation_id", Long.toString(act.getAcceptInvitation().getInvitationId()))
              .putDetails("role_ids", ids(act.getAcceptInvitation().getRoleIdsList()));
    }
  }

  private static String ids(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void deletion(AuditEntry.Builder entry, Act.DeleteMessage deletion) {
    entry
        .setAction(AuditAction.AUDIT_ACTION_DELETE_MESSAGE)
        .setChannelId(deletion.getChannelId())
        .setUserId(deletion.getUserId())
        .putDetails("message_id", Long.toString(deletion.getMessageId()));
  }

  private static String mask(long mask) {
    return "0x" + Long.toHexString(mask);
  }
}
