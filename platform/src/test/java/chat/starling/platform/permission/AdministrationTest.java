package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.ADMINISTRATOR;
import static chat.starling.platform.permission.Permission.ATTACH_FILES;
import static chat.starling.platform.permission.Permission.BAN_MEMBERS;
import static chat.starling.platform.permission.Permission.CHANGE_NICKNAME;
import static chat.starling.platform.permission.Permission.KICK_MEMBERS;
import static chat.starling.platform.permission.Permission.MANAGE_MESSAGES;
import static chat.starling.platform.permission.Permission.MANAGE_NICKNAMES;
import static chat.starling.platform.permission.Permission.MANAGE_ROLES;
import static chat.starling.platform.permission.Permission.SEND_MESSAGES;
import static chat.starling.platform.permission.Permission.TIME_OUT_MEMBERS;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static chat.starling.platform.permission.World.EVERYONE;
import static chat.starling.platform.permission.World.set;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import chat.starling.platform.permission.OverrideTarget.OfRole;
import chat.starling.platform.refusal.RefusedException;
import org.junit.jupiter.api.Test;

/**
 * Who may do what, a rule at a time. Roles by position: 5 chief, 3 moderator, 2 helper. The
 * moderator acts unless a test says otherwise.
 */
class AdministrationTest {

  private static final String ALLOWED = "allowed";
  private static final long NOW = 1_000_000;
  private static final long CHIEF_ROLE = 2;
  private static final long MODERATOR_ROLE = 3;
  private static final long HELPER_ROLE = 4;
  private static final long OWNER = 10;
  private static final long CHIEF = 11;
  private static final long MODERATOR = 12;
  private static final long OTHER_MODERATOR = 13;
  private static final long HELPER = 14;
  private static final long NEWCOMER = 15;
  private static final long STRANGER = 99;
  private static final long CHANNEL = 30;
  private static final OverrideTarget EVERYBODY = new OfRole(EVERYONE);

  private final World world =
      new World(OWNER, VIEW_CHANNEL, SEND_MESSAGES, CHANGE_NICKNAME)
          .withRole(CHIEF_ROLE, 5, MANAGE_ROLES, MANAGE_MESSAGES)
          .withRole(
              MODERATOR_ROLE,
              3,
              MANAGE_ROLES,
              KICK_MEMBERS,
              BAN_MEMBERS,
              TIME_OUT_MEMBERS,
              MANAGE_NICKNAMES)
          .withRole(HELPER_ROLE, 2)
          .withMember(CHIEF, CHIEF_ROLE)
          .withMember(MODERATOR, MODERATOR_ROLE)
          .withMember(OTHER_MODERATOR, MODERATOR_ROLE)
          .withMember(HELPER, HELPER_ROLE)
          .withMember(NEWCOMER)
          .withChannel(CHANNEL);

  private String act(AdministrativeAct act) {
    return act(MODERATOR, act);
  }

  private String act(long actor, AdministrativeAct act) {
    try {
      Administration.check(act, world.memberOf(actor), world, NOW);
      return ALLOWED;
    } catch (RefusedException refused) {
      return refused.reason().name().replace("REASON_", "");
    }
  }

  private static AdministrativeAct override(
      OverrideTarget target, long allow, long deny) {
    return new SetOverride(CHANNEL, target, new ChannelOverride(allow, deny));
  }

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

  @Test
  void override_allowOfWhatOneLacksThere_isRefused() {
    world.withMemberOverride(CHANNEL, MODERATOR, set(), set(SEND_MESSAGES));
    assertThat(act(override(EVERYBODY, SEND_MESSAGES.mask(), 0))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(override(EVERYBODY, MANAGE_MESSAGES.mask(), 0))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(override(EVERYBODY, MANAGE_ROLES.mask(), 0))).isEqualTo(ALLOWED);
    assertThat(act(override(EVERYBODY, 0, MANAGE_MESSAGES.mask()))).isEqualTo(ALLOWED);
  }

  @Test
  void override_denyThatBindsOneself_isNotRemoved() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(SEND_MESSAGES));
    assertThat(act(new RemoveOverride(CHANNEL, EVERYBODY))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(override(EVERYBODY, 0, 0))).isEqualTo("MORE_THAN_HELD");
    assertThat(act(override(EVERYBODY, 0, Permissions.of(SEND_MESSAGES, ATTACH_FILES))))
        .isEqualTo(ALLOWED);
    assertThat(act(OWNER, new RemoveOverride(CHANNEL, EVERYBODY))).isEqualTo(ALLOWED);
  }

  @Test
  void override_forThoseAtOrAboveAndForOneself_isRefused() {
    assertThat(act(override(new OfRole(HELPER_ROLE), 0, 0))).isEqualTo(ALLOWED);
    assertThat(act(override(new OfRole(MODERATOR_ROLE), 0, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(override(new OfRole(77), 0, 0))).isEqualTo("ROLE_NOT_FOUND");
    assertThat(act(override(new OfMember(HELPER), 0, SEND_MESSAGES.mask()))).isEqualTo(ALLOWED);
    assertThat(act(override(new OfMember(CHIEF), 0, SEND_MESSAGES.mask()))).isEqualTo("NOT_ABOVE");
    assertThat(act(override(new OfMember(MODERATOR), SEND_MESSAGES.mask(), 0)))
        .isEqualTo("NOT_ABOVE");
    assertThat(act(override(new OfMember(STRANGER), 0, 0))).isEqualTo("MEMBER_NOT_FOUND");
  }

  @Test
  void override_inAChannelOneDoesNotSee_saysThatThereIsNone() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(VIEW_CHANNEL));
    assertThat(act(override(EVERYBODY, VIEW_CHANNEL.mask(), 0))).isEqualTo("CHANNEL_NOT_FOUND");
    assertThat(act(new RemoveOverride(77, EVERYBODY))).isEqualTo("CHANNEL_NOT_FOUND");
  }

  @Test
  void override_byChannelPermissionOnly_isAllowedThere() {
    world.withMemberOverride(CHANNEL, HELPER, set(MANAGE_ROLES), set());
    assertThat(act(HELPER, override(EVERYBODY, 0, SEND_MESSAGES.mask()))).isEqualTo(ALLOWED);
    assertThat(act(HELPER, new CreateRole(1, 0))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(NEWCOMER, override(EVERYBODY, 0, 0))).isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void override_unsoundMasks_areRefused() {
    assertThat(act(OWNER, override(EVERYBODY, KICK_MEMBERS.mask(), 0)))
        .isEqualTo("PERMISSIONS_INVALID");
    assertThat(act(OWNER, override(EVERYBODY, 0, 1L << 40))).isEqualTo("PERMISSIONS_INVALID");
    assertThat(act(OWNER, override(EVERYBODY, SEND_MESSAGES.mask(), SEND_MESSAGES.mask())))
        .isEqualTo("PERMISSIONS_INVALID");
  }

  @Test
  void override_moreMembersThanAllowed_isRefused() {
    for (long user = 5000; user < 5000 + ChannelRules.MAX_MEMBER_OVERRIDES; user++) {
      world.withMemberOverride(CHANNEL, user, set(), set(ATTACH_FILES));
    }
    assertThat(act(override(new OfMember(HELPER), 0, SEND_MESSAGES.mask())))
        .isEqualTo("LIMIT_REACHED");
    world.withMember(5000);
    assertThat(act(override(new OfMember(5000), 0, SEND_MESSAGES.mask() | ATTACH_FILES.mask())))
        .isEqualTo(ALLOWED);
  }

  @Test
  void kickAndBan_thoseBelow_isAllowed() {
    assertThat(act(new Kick(HELPER))).isEqualTo(ALLOWED);
    assertThat(act(new Kick(OTHER_MODERATOR))).isEqualTo("NOT_ABOVE");
    assertThat(act(new Kick(MODERATOR))).isEqualTo("NOT_ABOVE");
    assertThat(act(new Kick(STRANGER))).isEqualTo("MEMBER_NOT_FOUND");
    assertThat(act(new Ban(STRANGER))).isEqualTo(ALLOWED);
    assertThat(act(new Ban(CHIEF))).isEqualTo("NOT_ABOVE");
    assertThat(act(HELPER, new Kick(NEWCOMER))).isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void owner_byAnybody_isNotActedOn() {
    world.withRole(CHIEF_ROLE, 5, ADMINISTRATOR);
    assertThat(act(CHIEF, new Kick(OWNER))).isEqualTo("NOT_ABOVE");
    assertThat(act(CHIEF, new SetNickname(OWNER))).isEqualTo("NOT_ABOVE");
    assertThat(act(CHIEF, override(new OfMember(OWNER), 0, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(OWNER, new Kick(CHIEF))).isEqualTo(ALLOWED);
  }

  @Test
  void administrator_belowOthers_doesNotActOnThem() {
    world.withRole(HELPER_ROLE, 2, ADMINISTRATOR);
    assertThat(act(HELPER, new Kick(NEWCOMER))).isEqualTo(ALLOWED);
    assertThat(act(HELPER, new Kick(MODERATOR))).isEqualTo("NOT_ABOVE");
    assertThat(act(HELPER, new SetRoleMask(MODERATOR_ROLE, 0))).isEqualTo("NOT_ABOVE");
    assertThat(act(HELPER, new CreateRole(1, ADMINISTRATOR.mask()))).isEqualTo(ALLOWED);
  }

  @Test
  void timeOut_ofThoseBelow_withinBounds_isAllowed() {
    long most = NOW + Administration.MAX_TIME_OUT.toMillis();
    assertThat(act(new TimeOut(HELPER, most))).isEqualTo(ALLOWED);
    assertThat(act(new TimeOut(HELPER, most + 1))).isEqualTo("OUT_OF_RANGE");
    assertThat(act(new TimeOut(HELPER, NOW))).isEqualTo("OUT_OF_RANGE");
    assertThat(act(new TimeOut(HELPER, Long.MIN_VALUE))).isEqualTo("OUT_OF_RANGE");
    assertThat(act(new TimeOut(CHIEF, most))).isEqualTo("NOT_ABOVE");
    assertThat(act(new LiftTimeOut(HELPER))).isEqualTo(ALLOWED);
    assertThat(act(new LiftTimeOut(MODERATOR))).isEqualTo("NOT_ABOVE");
    world.withRole(HELPER_ROLE, 2, ADMINISTRATOR);
    assertThat(act(new TimeOut(HELPER, most))).isEqualTo("NOT_ABOVE");
  }

  @Test
  void timedOut_actor_mayDoNothing() {
    world.withTimeOut(MODERATOR, NOW + 1);
    assertThat(act(new Kick(NEWCOMER))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(new SetNickname(MODERATOR))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(override(EVERYBODY, 0, 0))).isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void nickname_onesOwnAndThoseOfOthersBelow_isAllowed() {
    assertThat(act(NEWCOMER, new SetNickname(NEWCOMER))).isEqualTo(ALLOWED);
    assertThat(act(NEWCOMER, new SetNickname(HELPER))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(new SetNickname(HELPER))).isEqualTo(ALLOWED);
    assertThat(act(new SetNickname(CHIEF))).isEqualTo("NOT_ABOVE");
  }

  @Test
  void ownership_byTheOwnerOnly_isTransferred() {
    world.withRole(CHIEF_ROLE, 5, ADMINISTRATOR);
    assertThat(act(CHIEF, new TransferOwnership(CHIEF))).isEqualTo("OWNER_ONLY");
    assertThat(act(OWNER, new TransferOwnership(HELPER))).isEqualTo(ALLOWED);
    assertThat(act(OWNER, new TransferOwnership(STRANGER))).isEqualTo("MEMBER_NOT_FOUND");
  }
}
