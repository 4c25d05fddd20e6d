package chat.starling.channel.operator;

import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.internal.v1.OwnedShard;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import com.google.protobuf.util.Durations;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one server.
 *
 * @param state as the newest view has it
 * @param shardsOfView how many shards the newest view gives it
 * @param status null when it did not answer
 * @param why why there is no status; empty when there is one
 */
record ServerLine(
    String id,
    long incarnation,
    String address,
    State state,
    int shardsOfView,
    @Nullable GetStatusResponse status,
    String why) {

  /** What a server is in a view. */
  enum State {
    ACTIVE,
    DRAINING,
    /** The view does not have it in this incarnation. */
    NOT_A_MEMBER
  }

  /** The line of a server that answered. */
  static ServerLine of(Answer.Told told, RingView view) {
    GetStatusResponse status = told.status();
    String id = status.getServerId();
    boolean member = view.has(id, status.getIncarnation());
    return new ServerLine(
        id,
        status.getIncarnation(),
        view.member(id).map(Member::address).orElse(told.address()),
        member ? state(view.member(id).orElseThrow()) : State.NOT_A_MEMBER,
        member ? shardsOf(id, view) : 0,
        status,
        "");
  }

  /** The line of a member that did not answer. */
  static ServerLine silent(Member member, RingView view, String why) {
    return new ServerLine(
        member.serverId(),
        member.incarnation(),
        member.address(),
        state(member),
        shardsOf(member.serverId(), view),
        null,
        why);
  }

  /** Whether it has shards that it may not act on. */
  boolean lacksLease() {
    return status != null && !status.getLeaseValid() && status.getShardsCount() > 0;
  }

  /** The smallest epoch of its shards; 0 when it has none. */
  static long minEpoch(GetStatusResponse status) {
    return status.getShardsList().stream().mapToLong(OwnedShard::getEpoch).min().orElse(0);
  }

  /** The largest epoch of its shards; 0 when it has none. */
  static long maxEpoch(GetStatusResponse status) {
    return status.getShardsList().stream().mapToLong(OwnedShard::getEpoch).max().orElse(0);
  }

  /** For how many milliseconds its lease lasts without a renewal; 0 when it is not valid. */
  static long leaseMillis(GetStatusResponse status) {
    return status.getLeaseValid() ? Durations.toMillis(status.getLeaseRemaining()) : 0;
  }

  private static State state(Member member) {
    return member.state() == MemberState.ACTIVE ? State.ACTIVE : State.DRAINING;
  }

  private static int shardsOf(String id, RingView view) {
    return (int)
        IntStream.range(0, Shard.COUNT)
            .mapToObj(index -> view.ownerOf(new Shard(index)))
            .filter(owner -> owner != null && owner.serverId().equals(id))
            .count();
  }
}
