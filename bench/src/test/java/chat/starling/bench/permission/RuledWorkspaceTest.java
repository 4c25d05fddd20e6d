package chat.starling.bench.permission;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.workspace.Permit;
import org.junit.jupiter.api.Test;

class RuledWorkspaceTest {

  private static final long CHANNEL = 7;
  private static final long USER = 3;

  private final RuledWorkspace workspace = new RuledWorkspace(100);

  @Test
  void permit_ofAMember_isKnownAndAllowsViewing() {
    Permit permit = workspace.permit(CHANNEL, USER);
    assertThat(permit.isKnown()).isTrue();
    assertThat(permit.allowsViewing()).isTrue();
  }

  @Test
  void roleChange_isAppliedToTheSamePermit() {
    Permit permit = workspace.permit(CHANNEL, USER);
    long stamp = permit.gate().stamp();
    workspace.apply(workspace.nextRoleChange());
    assertThat(permit.gate().stamp()).isNotEqualTo(stamp);
    assertThat(permit.allowsViewing()).isTrue();
    assertThat(workspace.permit(CHANNEL, USER)).isSameAs(permit);
  }
}
