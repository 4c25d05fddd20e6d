package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.ADMINISTRATOR;
import static chat.starling.platform.permission.Permission.ATTACH_FILES;
import static chat.starling.platform.permission.Permission.KICK_MEMBERS;
import static chat.starling.platform.permission.Permission.MANAGE_MESSAGES;
import static chat.starling.platform.permission.Permission.MANAGE_ROLES;
import static chat.starling.platform.permission.Permission.SEND_MESSAGES;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static chat.starling.platform.permission.World.EVERYONE;
import static chat.starling.platform.permission.World.set;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import org.junit.jupiter.api.Test;

/** Who may change, give and take roles, a rule at a time. */
class RoleRulesTest extends SmallWorkspace {

  @Test
  void createRole_belowOneself_withWhatOneHas_isAllowed() {
    assertThat(act(new CreateRole(2, KICK_MEMBERS.mask()))).isEqualTo(ALLOWED);
    assertThat(act(new CreateRole(3, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(new CreateRole(2, MANAGE_MESSAGES.mask()))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(HELPER, new CreateRole(1, 0))).isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void createRole_outOfBounds_isRefused() {
    assertThat(act(OWNER, new CreateRole(0, 0))).isEqualTo("OUT_OF_RANGE");
    assertThat(act(OWNER, new CreateRole(251, 0))).isEqualTo("OUT_OF_RANGE");
    assertThat(act(OWNER, new CreateRole(250, 0))).isEqualTo(ALLOWED);
    assertThat(act(OWNER, new CreateRole(1, 1L << 62))).isEqualTo("PERMISSIONS_INVALID");
  }

  @Test
  void createRole_the251st_isRefused() {
    for (int i = world.roles.size(); i < WorkspaceRules.MAX_ROLES; i++) {
      world.withRole(1000 + i, 1);
    }
    assertThat(act(new CreateRole(2, 0))).isEqualTo(ALLOWED);
    world.withRole(2000, 1);
    assertThat(world.rules().size()).isEqualTo(250);
    assertThat(act(new CreateRole(2, 0))).isEqualTo("LIMIT_REACHED");
  }

  @Test
  void editRole_ownOrAbove_isRefused() {
    assertThat(act(new RenameRole(HELPER_ROLE))).isEqualTo(ALLOWED);
    assertThat(act(new RenameRole(MODERATOR_ROLE))).isEqualTo("NOT_ABOVE");
    assertThat(act(new SetRoleMask(MODERATOR_ROLE, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(new SetRoleMask(CHIEF_ROLE, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(new DeleteRole(CHIEF_ROLE))).isEqualTo("NOT_ABOVE");
    assertThat(act(new RenameRole(77))).isEqualTo("ROLE_NOT_FOUND");
  }

  @Test
  void editRole_ofTheSamePosition_dependsOnItsAge() {
    world.withRole(MODERATOR_ROLE + 100, 3);
    assertThat(act(new RenameRole(MODERATOR_ROLE + 100))).isEqualTo(ALLOWED);
    world.withRole(HELPER_ROLE, 5).withMember(HELPER, HELPER_ROLE);
    assertThat(act(CHIEF, new RenameRole(HELPER_ROLE))).isEqualTo(ALLOWED);
    assertThat(act(CHIEF, new MoveRole(HELPER_ROLE, 5))).isEqualTo("NOT_ABOVE");
  }

  @Test
  void setRoleMask_aLowerRoleOfOnesOwn_raisesNobodyByWhatOneLacks() {
    world.withMember(MODERATOR, MODERATOR_ROLE, HELPER_ROLE);
    assertThat(act(new SetRoleMask(HELPER_ROLE, MANAGE_MESSAGES.mask())))
        .isEqualTo("MORE_THAN_HELD");
    assertThat(act(new SetRoleMask(HELPER_ROLE, ADMINISTRATOR.mask()))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(new SetRoleMask(HELPER_ROLE, KICK_MEMBERS.mask()))).isEqualTo(ALLOWED);
  }

  @Test
  void setRoleMask_whatTheRoleHasAlready_mayStayAndGo() {
    world.withRole(HELPER_ROLE, 2, MANAGE_MESSAGES, ATTACH_FILES);
    assertThat(act(new SetRoleMask(HELPER_ROLE, MANAGE_MESSAGES.mask()))).isEqualTo(ALLOWED);
  }

  @Test
  void everyoneRole_isEditedByThoseAbove_withinWhatTheyHave() {
    long mask = Permissions.of(world.testRole(EVERYONE).permits());
    assertThat(act(new SetRoleMask(EVERYONE, mask | KICK_MEMBERS.mask()))).isEqualTo(ALLOWED);
    assertThat(act(new SetRoleMask(EVERYONE, mask | ATTACH_FILES.mask())))
        .isEqualTo("MORE_THAN_HELD");
    world.withRole(EVERYONE, 0, MANAGE_ROLES);
    assertThat(act(NEWCOMER, new SetRoleMask(EVERYONE, 0))).isEqualTo("NOT_ABOVE");
  }

  @Test
  void everyoneRole_isNeitherMovedNorDeletedNorGivenNorTaken() {
    assertThat(act(OWNER, new MoveRole(EVERYONE, 3))).isEqualTo("ROLE_IS_EVERYONE");
    assertThat(act(OWNER, new DeleteRole(EVERYONE))).isEqualTo("ROLE_IS_EVERYONE");
    assertThat(act(OWNER, new GiveRole(HELPER, EVERYONE))).isEqualTo("ROLE_IS_EVERYONE");
    assertThat(act(OWNER, new TakeRole(HELPER, EVERYONE))).isEqualTo("ROLE_IS_EVERYONE");
  }

  @Test
  void moveRole_toOrAboveOnesOwn_isRefused() {
    assertThat(act(new MoveRole(HELPER_ROLE, 1))).isEqualTo(ALLOWED);
    assertThat(act(new MoveRole(HELPER_ROLE, 3))).isEqualTo("NOT_ABOVE");
    assertThat(act(new MoveRole(HELPER_ROLE, 4))).isEqualTo("NOT_ABOVE");
    assertThat(act(new MoveRole(CHIEF_ROLE, 1))).isEqualTo("NOT_ABOVE");
    assertThat(act(new MoveRole(HELPER_ROLE, 0))).isEqualTo("OUT_OF_RANGE");
  }

  @Test
  void giveRole_belowOneself_toThoseBelowAndOneself_isAllowed() {
    assertThat(act(new GiveRole(NEWCOMER, HELPER_ROLE))).isEqualTo(ALLOWED);
    assertThat(act(new GiveRole(MODERATOR, HELPER_ROLE))).isEqualTo(ALLOWED);
    assertThat(act(new GiveRole(OTHER_MODERATOR, HELPER_ROLE))).isEqualTo("NOT_ABOVE");
    assertThat(act(new GiveRole(OWNER, HELPER_ROLE))).isEqualTo("NOT_ABOVE");
    assertThat(act(new GiveRole(NEWCOMER, MODERATOR_ROLE))).isEqualTo("NOT_ABOVE");
    assertThat(act(new GiveRole(STRANGER, HELPER_ROLE))).isEqualTo("MEMBER_NOT_FOUND");
  }

  @Test
  void giveRole_withMoreThanOneHas_isRefused() {
    world.withRole(HELPER_ROLE, 2, ADMINISTRATOR);
    assertThat(act(new GiveRole(NEWCOMER, HELPER_ROLE))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(new TakeRole(HELPER, HELPER_ROLE))).isEqualTo(ALLOWED);
  }

  @Test
  void giveRole_thatOpensAHiddenChannel_isRefused() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(VIEW_CHANNEL));
    world.withRoleOverride(CHANNEL, HELPER_ROLE, set(VIEW_CHANNEL), set());
    assertThat(act(new GiveRole(MODERATOR, HELPER_ROLE))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(new GiveRole(NEWCOMER, HELPER_ROLE))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(OWNER, new GiveRole(NEWCOMER, HELPER_ROLE))).isEqualTo(ALLOWED);
  }

  @Test
  void takeOrDeleteRole_thatSilencesOneself_isRefused() {
    world.withMember(MODERATOR, MODERATOR_ROLE, HELPER_ROLE);
    world.withRoleOverride(CHANNEL, HELPER_ROLE, set(), set(SEND_MESSAGES));
    assertThat(act(new TakeRole(MODERATOR, HELPER_ROLE))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(new DeleteRole(HELPER_ROLE))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(OTHER_MODERATOR, new TakeRole(HELPER, HELPER_ROLE))).isEqualTo(ALLOWED);
  }
}
