package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.CREATE_INVITATIONS;
import static chat.starling.platform.permission.Permission.MANAGE_CHANNELS;
import static chat.starling.platform.permission.Permission.MANAGE_ROLES;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static chat.starling.platform.permission.World.EVERYONE;
import static chat.starling.platform.permission.World.set;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.AdministrativeAct.JoinChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may make and change channels and say who is in them, a rule at a time. */
class ChannelActRulesTest extends SmallWorkspace {

  private static final long SECRET = 31;
  private static final long DIRECT = 32;

  @BeforeEach
  void channels() {
    world
        .withRole(MODERATOR_ROLE, 3, MANAGE_CHANNELS, CREATE_INVITATIONS, MANAGE_ROLES)
        .withChannel(SECRET, ChannelKind.PRIVATE, false, HELPER, CHIEF)
        .withChannel(DIRECT, ChannelKind.DIRECT, false, HELPER, MODERATOR);
  }

  @Test
  void create_needsManageChannels() {
    assertThat(act(new CreateChannel(ChannelKind.PRIVATE))).isEqualTo(ALLOWED);
    assertThat(act(HELPER, new CreateChannel(ChannelKind.PUBLIC))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(OWNER, new CreateChannel(ChannelKind.DIRECT))).isEqualTo("OUT_OF_RANGE");
  }

  @Test
  void channel_thatOneDoesNotSee_isNotThere() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(VIEW_CHANNEL));
    for (long channel : new long[] {CHANNEL, SECRET, 404}) {
      assertThat(act(new JoinChannel(channel))).isEqualTo("CHANNEL_NOT_FOUND");
      assertThat(act(new ChangeChannel(channel))).isEqualTo("CHANNEL_NOT_FOUND");
      assertThat(act(new AddToChannel(channel, HELPER))).isEqualTo("CHANNEL_NOT_FOUND");
      assertThat(act(new RemoveFromChannel(channel, HELPER))).isEqualTo("CHANNEL_NOT_FOUND");
    }
    assertThat(act(OWNER, new JoinChannel(SECRET))).isEqualTo(ALLOWED);
  }

  @Test
  void add_ofAMember_needsInvitations() {
    assertThat(act(new AddToChannel(CHANNEL, CHIEF))).isEqualTo(ALLOWED);
    assertThat(act(new AddToChannel(CHANNEL, STRANGER))).isEqualTo("MEMBER_NOT_FOUND");
    assertThat(act(HELPER, new AddToChannel(SECRET, NEWCOMER))).isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void remove_needsManagementAndStanding() {
    world.withChannel(CHANNEL, ChannelKind.PUBLIC, false, HELPER, CHIEF, STRANGER);
    assertThat(act(new RemoveFromChannel(CHANNEL, HELPER))).isEqualTo(ALLOWED);
    assertThat(act(new RemoveFromChannel(CHANNEL, STRANGER))).isEqualTo(ALLOWED);
    assertThat(act(new RemoveFromChannel(CHANNEL, CHIEF))).isEqualTo("NOT_ABOVE");
    assertThat(act(new RemoveFromChannel(CHANNEL, NEWCOMER))).isEqualTo("MEMBER_NOT_FOUND");
    assertThat(act(HELPER, new RemoveFromChannel(CHANNEL, NEWCOMER)))
        .isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void directChannel_isChangedByNobody() {
    assertThat(act(new ChangeChannel(DIRECT))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(new AddToChannel(DIRECT, CHIEF))).isEqualTo("PERMISSION_MISSING");
    assertThat(act(new RemoveFromChannel(DIRECT, HELPER))).isEqualTo("PERMISSION_MISSING");
    assertThat(
            act(
                new AdministrativeAct.SetOverride(
                    DIRECT, new OfMember(HELPER), new ChannelOverride(0, 0))))
        .isEqualTo("PERMISSION_MISSING");
    assertThat(act(OWNER, new JoinChannel(DIRECT))).isEqualTo("CHANNEL_NOT_FOUND");
    assertThat(act(OWNER, new ChangeChannel(DIRECT))).isEqualTo("CHANNEL_NOT_FOUND");
  }
}
