package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceRow;
import java.util.List;

/**
 * What an act makes of the rows.
 *
 * @param madeId the id of what it makes, or of what is there already; 0 when that has none
 * @param changes none when there is nothing to do
 */
record Outcome(long madeId, List<WorkspaceChange> changes) {

  static final Outcome NOTHING = new Outcome(0, List.of());

  Outcome {
    changes = List.copyOf(changes);
  }

  static Outcome of(WorkspaceChange... changes) {
    return new Outcome(0, List.of(changes));
  }

  static Outcome of(MemberRow.Builder member) {
    return of(change(member.clearVersion().build()));
  }

  static WorkspaceChange change(WorkspaceRow row) {
    return WorkspaceChange.newBuilder().setWorkspace(row).build();
  }

  static WorkspaceChange change(FiltersRow row) {
    return WorkspaceChange.newBuilder().setFilters(row).build();
  }

  static WorkspaceChange change(RoleRow row) {
    return WorkspaceChange.newBuilder().setRole(row).build();
  }

  static WorkspaceChange change(MemberRow row) {
    return WorkspaceChange.newBuilder().setMember(row).build();
  }

  static WorkspaceChange change(InvitationRow row) {
    return WorkspaceChange.newBuilder().setInvitation(row).build();
  }

  static WorkspaceChange change(ChannelRow row) {
    return WorkspaceChange.newBuilder().setChannel(row).build();
  }

  static WorkspaceChange membership(ChannelRow channel, long userId, boolean member) {
    WorkspaceChange.Builder change = WorkspaceChange.newBuilder();
    change
        .getMembershipBuilder()
        .setChannelId(channel.getChannelId())
        .setUserId(userId)
        .setMember(member)
        .setKind(channel.getKind());
    return change.build();
  }

  static WorkspaceChange deletedRole(long roleId) {
    return WorkspaceChange.newBuilder().setDeletedRoleId(roleId).build();
  }

  static WorkspaceChange deletedInvitation(long invitationId) {
    return WorkspaceChange.newBuilder().setDeletedInvitationId(invitationId).build();
  }

  static WorkspaceChange override(long channelId, OverrideRow row) {
    WorkspaceChange.Builder change = WorkspaceChange.newBuilder();
    change.getOverrideBuilder().setChannelId(channelId).setOverride(row);
    return change.build();
  }
}
