package chat.starling.channel.operator;

import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedLag;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import com.google.protobuf.util.Durations;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rings, and what servers in them say that are well. */
final class Statuses {

  private Statuses() {}

  /** A ring of active servers in their first incarnation. */
  static RingView ring(long version, String... addresses) {
    return new RingView(
        version,
        Arrays.stream(addresses)
            .map(each -> member(each, List.of(addresses).indexOf(each)))
            .toList());
  }

  private static Member member(String address, int worker) {
    return new Member("chan-" + (worker + 1), 1, address, MemberState.ACTIVE, worker);
  }

  /** What a server says that has exactly its shards of the view, all under epoch 1. */
  static GetStatusResponse well(String id, RingView view) {
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setServerId(id)
            .setIncarnation(1)
            .setRing(RingCodec.toMessage(view))
            .setLeaseValid(true)
            .setLeaseRemaining(Durations.fromMillis(2_400))
            .setActiveFeeds(12)
            .setOpenFeeds(3);
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      Member owner = view.ownerOf(new Shard(shard));
      if (owner != null && owner.serverId().equals(id)) {
        status.addShardsBuilder().setShard(shard).setEpoch(1);
      }
    }
    return status.build();
  }

  /** The same with a change. */
  static GetStatusResponse with(
      GetStatusResponse status, UnaryOperator<GetStatusResponse.Builder> change) {
    return change.apply(status.toBuilder()).build();
  }

  /** A channel's feed whose followers are behind. */
  static FeedLag lag(long channel, long history, long outbox) {
    FeedLag.Builder lag =
        FeedLag.newBuilder().setSeq(1_000).setHistoryLag(history).setOutboxLag(outbox);
    lag.getFeedBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channel);
    return lag.build();
  }

  /** The server's answer at this address. */
  static Answer told(String address, GetStatusResponse status) {
    return new Answer.Told(address, status, RingCodec.toView(status.getRing()));
  }
}
