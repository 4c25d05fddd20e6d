package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import chat.starling.platform.refusal.Refuse;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** What acts on roles make of the rows. */
final class RoleActs {

  private final ActRules rules;
  private final Situation situation;
  private final LongSupplier nextId;

  RoleActs(ActRules rules, Situation situation, LongSupplier nextId) {
    this.rules = rules;
    this.situation = situation;
    this.nextId = nextId;
  }

  Outcome decide(Act act, long expectedVersion) {
    return switch (act.getActCase()) {
      case CREATE_ROLE -> create(act.getCreateRole());
      case EDIT_ROLE -> edit(act.getEditRole(), expectedVersion);
      case DELETE_ROLE -> delete(act.getDeleteRole().getRoleId(), expectedVersion);
      case GIVE_ROLE -> give(act.getGiveRole(), expectedVersion);
      case TAKE_ROLE -> take(act.getTakeRole(), expectedVersion);
      default -> throw new IllegalArgumentException("no act on a role: " + act.getActCase());
    };
  }

  private Outcome create(Act.CreateRole act) {
    String name = Labels.name("act.create_role.name", act.getName());
    rules.check(new CreateRole(act.getPosition(), act.getPermissions()));
    long id = nextId.getAsLong();
    RoleRow role =
        RoleRow.newBuilder()
            .setRoleId(id)
            .setName(name)
            .setPosition(act.getPosition())
            .setPermissions(act.getPermissions())
            .build();
    return new Outcome(id, List.of(Outcome.change(role)));
  }

  private Outcome edit(Act.EditRole act, long expectedVersion) {
    long id = act.getRoleId();
    if (!act.hasName() && !act.hasPosition() && !act.hasPermissions()) {
      throw Refuse.because(Reason.REASON_MALFORMED)
          .field("act.edit_role")
          .expected("something to change")
          .toException();
    }
    rules.check(new RenameRole(id));
    RoleRow before = existing(id);
    RoleRow.Builder after = before.toBuilder().clearVersion();
    if (act.hasName()) {
      after.setName(Labels.name("act.edit_role.name", act.getName()));
    }
    if (act.hasPosition()) {
      rules.check(new MoveRole(id, act.getPosition()));
      after.setPosition(act.getPosition());
    }
    if (act.hasPermissions()) {
      rules.check(new SetRoleMask(id, act.getPermissions()));
      after.setPermissions(act.getPermissions());
    }
    ActRules.requireVersion(expectedVersion, before.getVersion());
    return Outcome.of(Outcome.change(after.build()));
  }

  private Outcome delete(long roleId, long expectedVersion) {
    rules.check(new DeleteRole(roleId));
    ActRules.requireVersion(expectedVersion, existing(roleId).getVersion());
    return Outcome.of(Outcome.deletedRole(roleId));
  }

  private Outcome give(Act.GiveRole act, long expectedVersion) {
    rules.check(new GiveRole(act.getUserId(), act.getRoleId()));
    return withRoles(
        act.getUserId(),
        expectedVersion,
        member -> LongStream.concat(member, LongStream.of(act.getRoleId())));
  }

  private Outcome take(Act.TakeRole act, long expectedVersion) {
    rules.check(new TakeRole(act.getUserId(), act.getRoleId()));
    return withRoles(
        act.getUserId(), expectedVersion, member -> member.filter(role -> role != act.getRoleId()));
  }

  /** The member with other roles; those that were deleted meanwhile are left out. */
  private Outcome withRoles(long userId, long expectedVersion, RoleChange change) {
    MemberRow before = situation.rowOf(userId);
    ActRules.requireVersion(expectedVersion, before.getVersion());
    LongStream roles = before.getRoleIdsList().stream().mapToLong(Long::longValue);
    MemberRow.Builder after = Situation.entered(before).clearRoleIds();
    change
        .apply(roles)
        .filter(role -> situation.workspace().role(role).isPresent())
        .sorted()
        .distinct()
        .forEach(after::addRoleIds);
    return Outcome.of(after);
  }

  private RoleRow existing(long roleId) {
    return situation.workspace().role(roleId).orElseThrow();
  }

  /** What an act makes of the ids of a member's roles. */
  private interface RoleChange {
    LongStream apply(LongStream roles);
  }
}
