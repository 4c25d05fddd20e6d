package chat.starling.platform.permission;

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
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import chat.starling.platform.permission.OverrideTarget.OfRole;
import org.junit.jupiter.api.Test;

/** Who may change the overrides of a channel, a rule at a time. */
class OverrideRulesTest extends SmallWorkspace {

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
}
