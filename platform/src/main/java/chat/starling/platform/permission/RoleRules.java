package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.OnRole;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import chat.starling.platform.refusal.Refuse;
import java.util.function.ToLongFunction;

/** Who may change, give and take roles. */
final class RoleRules {

  private static final String ROLE = "role_id";

  private final WorkspaceState state;
  private final Existing existing;
  private final Authority authority;

  RoleRules(WorkspaceState state, Authority authority) {
    this.state = state;
    this.existing = new Existing(state);
    this.authority = authority;
  }

  void check(OnRole act) {
    authority.requirePermission(Permission.MANAGE_ROLES);
    switch (act) {
      case CreateRole create -> create(create);
      case RenameRole rename -> authority.requireAbove(existing.role(rename.roleId()));
      case SetRoleMask edit -> edit(edit);
      case MoveRole move -> move(move);
      case DeleteRole delete -> delete(delete);
      case GiveRole give -> give(give);
      case TakeRole take -> take(take);
    }
  }

  private void create(CreateRole act) {
    requirePosition(act.position());
    Permissions.check("permissions", act.mask(), Permissions.ALL);
    authority.requireAbove(act.position());
    authority.requireHeld("permissions", act.mask());
    if (state.rules().size() >= WorkspaceRules.MAX_ROLES) {
      throw Refuse.because(Reason.REASON_LIMIT_REACHED)
          .field("roles")
          .value(state.rules().size())
          .expected("fewer than " + WorkspaceRules.MAX_ROLES)
          .toException();
    }
  }

  private void edit(SetRoleMask act) {
    Role role = existing.role(act.roleId());
    Permissions.check("permissions", act.mask(), Permissions.ALL);
    authority.requireAbove(role);
    authority.requireHeld("permissions", act.mask() & ~role.mask());
  }

  private void move(MoveRole act) {
    Role role = notEveryone(act.roleId());
    requirePosition(act.position());
    authority.requireAbove(role);
    authority.requireAbove(act.position());
  }

  private void delete(DeleteRole act) {
    Role role = notEveryone(act.roleId());
    authority.requireAbove(role);
    requireHeldWhereOverridden(role, ChannelOverride::deny);
  }

  private void give(GiveRole act) {
    Role role = notEveryone(act.roleId());
    authority.requireAbove(role);
    requireAboveOrSelf(act.userId());
    authority.requireHeld(ROLE, role.mask() & Permissions.ALL);
    requireHeldWhereOverridden(role, ChannelOverride::allow);
  }

  private void take(TakeRole act) {
    Role role = notEveryone(act.roleId());
    authority.requireAbove(role);
    requireAboveOrSelf(act.userId());
    requireHeldWhereOverridden(role, ChannelOverride::deny);
  }

  /** Giving a role gives what channels allow it; taking one takes off what they deny it. */
  private void requireHeldWhereOverridden(Role role, ToLongFunction<ChannelOverride> raised) {
    if (authority.isAdministrator()) {
      return;
    }
    for (ChannelRules channel : state.channelsOverriding(role.id())) {
      authority.requireHeld(ROLE, raised.applyAsLong(channel.ofRole(role.id())), channel);
    }
  }

  private void requireAboveOrSelf(long userId) {
    Member member = existing.member(userId);
    if (!authority.isActor(userId)) {
      authority.requireAbove(member);
    }
  }

  private Role notEveryone(long roleId) {
    Role role = existing.role(roleId);
    if (role.isEveryone()) {
      throw Refuse.because(Reason.REASON_ROLE_IS_EVERYONE)
          .field(ROLE)
          .value(roleId)
          .expected("another role than everyone's")
          .toException();
    }
    return role;
  }

  private static void requirePosition(int position) {
    if (position <= Role.EVERYONE_POSITION || position > Role.MAX_POSITION) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("position")
          .value(position)
          .expected("1.." + Role.MAX_POSITION)
          .toException();
    }
  }
}
