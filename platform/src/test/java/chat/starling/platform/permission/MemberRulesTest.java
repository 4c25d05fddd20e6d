package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import org.junit.jupiter.api.Test;

/** Who may act on other members, a rule at a time. */
class MemberRulesTest extends SmallWorkspace {

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
  void owner_byHimself_isNotRemoved() {
    assertThat(act(OWNER, new Kick(OWNER))).isEqualTo("NOT_ABOVE");
    assertThat(act(OWNER, new Ban(OWNER))).isEqualTo("NOT_ABOVE");
    assertThat(act(OWNER, new SetNickname(OWNER))).isEqualTo(ALLOWED);
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
