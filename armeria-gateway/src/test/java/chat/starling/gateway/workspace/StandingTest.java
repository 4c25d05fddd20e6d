package chat.starling.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.platform.permission.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

  private static final long VIEW = Permission.VIEW_CHANNEL.mask();
  private static final Standing OWNER = of(member(7));
  private static final Standing ADMINISTRATOR = of(member(8).addRoleIds(2));
  private static final Standing USER = of(member(9).addRoleIds(3));

  @ParameterizedTest
  @CsvSource({
    "CHANNEL_KIND_UNSPECIFIED,  true,  true,  true,  true",
    "CHANNEL_KIND_ANNOUNCEMENT, true,  true,  true,  true",
    "CHANNEL_KIND_PRIVATE,      false, true,  true,  true",
    "CHANNEL_KIND_DIRECT,       false, true,  false, false"
  })
  void sees_dependsOnTheKind_andIsNeverMoreThanPossible(
      ChannelKind kind, boolean user, boolean member, boolean administrator, boolean owner) {
    ChannelFacts channel = ChannelFacts.of(channel(kind).build());
    ChannelRow row = channel.row();
    assertThat(USER.sees(channel, false)).isEqualTo(user).isEqualTo(USER.isPossible(row, false));
    assertThat(USER.sees(channel, true)).isEqualTo(member).isEqualTo(USER.isPossible(row, true));
    assertThat(ADMINISTRATOR.sees(channel, false))
        .isEqualTo(administrator)
        .isEqualTo(ADMINISTRATOR.isPossible(row, false));
    assertThat(OWNER.sees(channel, false)).isEqualTo(owner).isEqualTo(OWNER.isPossible(row, false));
  }

  @Test
  void sees_whatARoleDenies_isFalse_alsoForMembers() {
    ChannelObject.Builder object = channel(ChannelKind.CHANNEL_KIND_PRIVATE);
    object.addOverridesBuilder().setRoleId(3).setDeny(VIEW);
    ChannelFacts channel = ChannelFacts.of(object.build());
    assertThat(USER.sees(channel, true)).isFalse();
    assertThat(of(member(10)).sees(channel, true)).isTrue();
    assertThat(ADMINISTRATOR.sees(channel, false)).isTrue();
  }

  @Test
  void seesWhatIsPossible_isWhomNoOverrideBinds() {
    assertThat(OWNER.seesWhatIsPossible()).isTrue();
    assertThat(ADMINISTRATOR.seesWhatIsPossible()).isTrue();
    assertThat(USER.seesWhatIsPossible()).isFalse();
    assertThat(unfounded(member(9)).seesWhatIsPossible()).isTrue();
  }

  @Test
  void who_isOut_seesAndMayNothing() {
    MemberRow.Builder banned = member(8).addRoleIds(2).setState(MemberState.MEMBER_STATE_BANNED);
    ChannelFacts channel = ChannelFacts.of(channel(ChannelKind.CHANNEL_KIND_UNSPECIFIED).build());
    for (Standing out : new Standing[] {of(banned), unfounded(banned)}) {
      assertThat(out.sees(channel, true)).isFalse();
      assertThat(out.isPossible(channel.row(), true)).isFalse();
      assertThat(out.seesWhatIsPossible()).isFalse();
      assertThat(out.mask(0)).isZero();
    }
  }

  private static Standing of(MemberRow.Builder member) {
    return standing(member, WorkspaceRow.newBuilder().setOwnerId(7).build());
  }

  private static Standing unfounded(MemberRow.Builder member) {
    return standing(member, WorkspaceRow.getDefaultInstance());
  }

  private static Standing standing(MemberRow.Builder member, WorkspaceRow workspace) {
    return new Standing(
        RulesFacts.of(
            GetWorkspaceRulesResponse.newBuilder()
                .setWorkspace(workspace)
                .addRoles(role(1, 0, VIEW))
                .addRoles(role(2, 5, Permission.ADMINISTRATOR.mask()))
                .addRoles(role(3, 1, 0))
                .setVersion(1)
                .build()),
        MemberFacts.of(member.build()));
  }

  private static RoleRow role(long id, int position, long permissions) {
    return RoleRow.newBuilder()
        .setRoleId(id)
        .setPosition(position)
        .setPermissions(permissions)
        .build();
  }

  private static MemberRow.Builder member(long id) {
    return MemberRow.newBuilder()
        .setUserId(id)
        .setState(MemberState.MEMBER_STATE_MEMBER)
        .setVersion(1);
  }

  private static ChannelObject.Builder channel(ChannelKind kind) {
    ChannelObject.Builder object = ChannelObject.newBuilder();
    object.setWorkspaceId(1).getRowBuilder().setChannelId(5).setName("plans").setKind(kind);
    return object;
  }
}
