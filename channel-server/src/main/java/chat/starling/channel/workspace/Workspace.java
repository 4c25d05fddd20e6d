package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workspace with its roles, as of one moment.
 *
 * @param row without an owner as long as nobody has founded the workspace
 * @param roles the everyone role among them, in rising order of ids
 * @param version the seq of the last change of any of this; 0 when there was none
 */
public record Workspace(long id, WorkspaceRow row, List<RoleRow> roles, long version) {

  /** What everybody may do in a workspace that nobody has founded, and at first in one that is. */
  public static final long EVERYONE =
      Permissions.of(
          Permission.VIEW_CHANNEL,
          Permission.READ_HISTORY,
          Permission.SEND_MESSAGES,
          Permission.REPLY_IN_THREADS,
          Permission.ATTACH_FILES,
          Permission.ADD_REACTIONS,
          Permission.CHANGE_NICKNAME);

  public Workspace {
    roles = List.copyOf(roles);
  }

  /** A workspace that is only named in tokens. */
  public static Workspace unfounded(long id) {
    return new Workspace(id, WorkspaceRow.getDefaultInstance(), List.of(everyone(id)), 0);
  }

  /** The everyone role as it is at first. */
  static RoleRow everyone(long workspaceId) {
    return RoleRow.newBuilder().setRoleId(workspaceId).setPermissions(EVERYONE).build();
  }

  /** Whether it has an owner. */
  public boolean isFounded() {
    return row.getOwnerId() != 0;
  }

  /** The role with this id. */
  Optional<RoleRow> role(long roleId) {
    return roles.stream().filter(role -> role.getRoleId() == roleId).findFirst();
  }

  /** The same after one change of an event. */
  Workspace after(WorkspaceChange change, long seq) {
    return switch (change.getChangeCase()) {
      case WORKSPACE -> new Workspace(id, change.getWorkspace(), roles, seq);
      case ROLE -> {
        RoleRow role = change.getRole().toBuilder().setVersion(seq).build();
        yield with(Stream.concat(without(role.getRoleId()), Stream.of(role)), seq);
      }
      case DELETED_ROLE_ID -> with(without(change.getDeletedRoleId()), seq);
      default -> this;
    };
  }

  private Workspace with(Stream<RoleRow> some, long seq) {
    return new Workspace(
        id, row, some.sorted(Comparator.comparingLong(RoleRow::getRoleId)).toList(), seq);
  }

  private Stream<RoleRow> without(long roleId) {
    return roles.stream().filter(role -> role.getRoleId() != roleId);
  }

  /** The same, to decide by. */
  WorkspaceRules rules() {
    return RuleRows.workspace(version, row.getOwnerId(), roles);
  }
}
