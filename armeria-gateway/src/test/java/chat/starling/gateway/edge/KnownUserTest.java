package chat.starling.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.UserRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownUserTest {

  @Test
  void version_changesWithEverythingThatIsShown_andWithNothingElse() {
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
}
