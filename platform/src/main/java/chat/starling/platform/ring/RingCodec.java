package chat.starling.platform.ring;

import chat.starling.api.internal.v1.Ring;
import chat.starling.api.internal.v1.RingMember;
import chat.starling.api.internal.v1.RingMemberState;

/** Views as messages, for the store's row and for the streams between servers. */
public final class RingCodec {

  private RingCodec() {}

  /** The message of a view. */
  public static Ring toMessage(RingView view) {
    Ring.Builder ring = Ring.newBuilder().setVersion(view.version());
    view.members().forEach(member -> ring.addMembers(toMessage(member)));
    return ring.build();
  }

  /**
   * The view of a message.
   *
   * @throws IllegalArgumentException if it breaks a rule of {@link RingView} or {@link Member}
   */
  public static RingView toView(Ring ring) {
    return new RingView(
        ring.getVersion(), ring.getMembersList().stream().map(RingCodec::toMember).toList());
  }

  private static RingMember toMessage(Member member) {
    return RingMember.newBuilder()
        .setServerId(member.serverId())
        .setIncarnation(member.incarnation())
        .setAddress(member.address())
        .setState(
            switch (member.state()) {
              case ACTIVE -> RingMemberState.RING_MEMBER_STATE_ACTIVE;
              case DRAINING -> RingMemberState.RING_MEMBER_STATE_DRAINING;
            })
        .setWorker(member.worker())
        .build();
  }

  private static Member toMember(RingMember member) {
    return new Member(
        member.getServerId(),
        member.getIncarnation(),
        member.getAddress(),
        switch (member.getState()) {
          case RING_MEMBER_STATE_ACTIVE -> MemberState.ACTIVE;
          case RING_MEMBER_STATE_DRAINING -> MemberState.DRAINING;
          case RING_MEMBER_STATE_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "state of " + member.getServerId() + " (expected: ACTIVE or DRAINING)");
        },
        member.getWorker());
  }
}
