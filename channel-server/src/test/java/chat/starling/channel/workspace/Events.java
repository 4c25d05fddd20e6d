package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Events of tests, whose nonces tell their seqs. */
final class Events {

  /** When the first of them happened; each happens a millisecond after the one before. */
  static final long BEGIN = Snowflake.EPOCH_MILLIS + 1_000_000_000L;

  private Events() {}

  static WorkspaceEvent event(long workspace, long seq, WorkspaceChange... changes) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder()
            .setWorkspaceId(workspace)
            .setSeq(seq)
            .setEventId(Snowflake.first(BEGIN + seq))
            .setActorId(1)
            .setNonce(nonce(seq))
            .setMadeId(seq * 10)
            .setAct(act(seq));
    for (WorkspaceChange change : changes) {
      event.addChanges(change);
    }
    return event.build();
  }

  /** An act that is another for each number. */
  static Act act(long number) {
    return Act.newBuilder().setKick(Act.Kick.newBuilder().setUserId(number)).build();
  }

  static ByteString nonce(long number) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(number).putLong(0).flip());
  }

  static WorkspaceChange founded(long owner) {
    return Outcome.change(WorkspaceRow.newBuilder().setName("Birds").setOwnerId(owner).build());
  }

  static WorkspaceChange role(long id, int position, long mask) {
    return Outcome.change(
        RoleRow.newBuilder()
            .setRoleId(id)
            .setName("role " + id)
            .setPosition(position)
            .setPermissions(mask)
            .build());
  }

  static MemberRow.Builder member(long user) {
    return MemberRow.newBuilder().setUserId(user).setState(MemberState.MEMBER_STATE_MEMBER);
  }

  static OverrideRow ofRole(long role, long allow, long deny) {
    return OverrideRow.newBuilder().setRoleId(role).setAllow(allow).setDeny(deny).build();
  }

  static OverrideRow ofMember(long user, long allow, long deny) {
    return OverrideRow.newBuilder().setUserId(user).setAllow(allow).setDeny(deny).build();
  }
}
