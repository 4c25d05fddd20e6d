package chat.starling.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.UserRecord;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Role;
import chat.starling.platform.permission.WorkspaceRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownChannelTest {

  private static final long VIEW = Permission.VIEW_CHANNEL.mask();
  private static final WorkspaceRules RULES =
      new WorkspaceRules(
          1,
          7,
          List.of(
              new Role(1, 0, VIEW),
              new Role(2, 5, Permission.ADMINISTRATOR.mask()),
              new Role(3, 1, 0)));
  private static final Member OWNER = new Member(7, 1, 0);
  private static final Member ADMINISTRATOR = new Member(8, 1, 0, 2);
  private static final Member USER = new Member(9, 1, 0, 3);

  @ParameterizedTest
  @CsvSource({
    "CHANNEL_KIND_UNSPECIFIED, true,  true,  true,  true",
    "CHANNEL_KIND_ANNOUNCEMENT, true, true,  true,  true",
    "CHANNEL_KIND_PRIVATE,     false, true,  true,  true",
    "CHANNEL_KIND_DIRECT,      false, true,  false, false"
  })
  void isSeenBy_dependsOnTheKind(
      ChannelKind kind, boolean user, boolean member, boolean administrator, boolean owner) {
    KnownChannel channel = KnownChannel.of(channel(kind).build());
    assertThat(channel.isSeenBy(RULES, USER, false)).isEqualTo(user);
    assertThat(channel.isSeenBy(RULES, USER, true)).isEqualTo(member);
    assertThat(channel.isSeenBy(RULES, ADMINISTRATOR, false)).isEqualTo(administrator);
    assertThat(channel.isSeenBy(RULES, OWNER, false)).isEqualTo(owner);
  }

  @Test
  void isSeenBy_whomARoleDeniesIt_isFalse_alsoForMembers() {
    ChannelObject.Builder object = channel(ChannelKind.CHANNEL_KIND_PRIVATE);
    object.addOverridesBuilder().setRoleId(3).setDeny(VIEW);
    KnownChannel channel = KnownChannel.of(object.build());
    assertThat(channel.isSeenBy(RULES, USER, true)).isFalse();
    assertThat(channel.isSeenBy(RULES, new Member(10, 1, 0), true)).isTrue();
    assertThat(channel.isSeenBy(RULES, ADMINISTRATOR, false)).isTrue();
  }

  @Test
  void versions_standForWhatIsShown() {
    ChannelObject.Builder object = channel(ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    long before = KnownChannel.of(object.build()).shown().getVersion();
    object.addOverridesBuilder().setRoleId(3).setDeny(VIEW);
    assertThat(KnownChannel.of(object.build()).shown().getVersion()).isEqualTo(before);
    object.getRowBuilder().setName("others");
    assertThat(KnownChannel.of(object.build()).shown().getVersion()).isNotEqualTo(before);
  }

  @Test
  void user_versionChangesWithEverythingThatIsShown_andWithNothingElse() {
    UserRecord.Builder record = UserRecord.newBuilder().setWorkspaceId(1).setDisplayName("Ada");
    MemberRow.Builder row = record.getMemberBuilder().setUserId(9);
    long first = version(record);
    row.setState(MemberState.MEMBER_STATE_MEMBER).setTimedOutUntilMillis(5).setVersion(4);
    assertThat(version(record)).isEqualTo(first);
    long named = version(record.setDisplayName("Bea"));
    row.setNickname("B");
    long nicknamed = version(record);
    row.addRoleIds(3);
    long withRole = version(record);
    row.setState(MemberState.MEMBER_STATE_LEFT);
    assertThat(List.of(first, named, nicknamed, withRole, version(record)))
        .doesNotHaveDuplicates()
        .doesNotContain(0L);
  }

  private static long version(UserRecord.Builder record) {
    return KnownUser.of(record.build()).shown().getVersion();
  }

  private static ChannelObject.Builder channel(ChannelKind kind) {
    ChannelObject.Builder object = ChannelObject.newBuilder();
    object.setWorkspaceId(1).getRowBuilder().setChannelId(5).setName("plans").setKind(kind);
    return object;
  }
}
