package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedLag;
import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.internal.v1.OperationsServiceGrpc;
import chat.starling.channel.owner.FeedLoad;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.owner.OwnershipDriver;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;
import com.google.protobuf.util.Durations;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** OperationsService: what an operator sees of this server. */
public final class OperationsRpc extends OperationsServiceGrpc.OperationsServiceImplBase {

  private final String serverId;
  private final RingHolder ring;
  private final OwnershipDriver ownership;
  private final FeedOwner feeds;

  /** The service of a server with this id. */
  public OperationsRpc(
      String serverId, RingHolder ring, OwnershipDriver ownership, FeedOwner feeds) {
    this.serverId = serverId;
    this.ring = ring;
    this.ownership = ownership;
    this.feeds = feeds;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    Answers.answer(call, () -> feeds.load().thenApply(this::status));
  }

  private GetStatusResponse status(FeedLoad load) {
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setServerId(serverId)
            .setIncarnation(ownership.incarnation())
            .setRing(RingCodec.toMessage(ring.current()))
            .setActiveFeeds(load.active())
            .setOpenFeeds(load.open())
            .setHistoryLag(load.historyLag())
            .setOutboxLag(load.outboxLag());
    Duration remaining = ownership.remaining();
    if (remaining.isPositive()) {
      status.setLeaseValid(true).setLeaseRemaining(Durations.fromNanos(remaining.toNanos()));
    }
    addShards(status);
    load.worst().forEach(lag -> status.addWorst(lag(lag)));
    return status.build();
  }

  private void addShards(GetStatusResponse.Builder status) {
    for (int i = 0; i < Shard.COUNT; i++) {
      long epoch = ownership.owned().epochOf(new Shard(i));
      if (epoch != 0) {
        status.addShardsBuilder().setShard(i).setEpoch(epoch);
      }
    }
  }

  private static FeedLag lag(FeedLoad.Lag lag) {
    FeedId.Builder feed =
        FeedId.newBuilder()
            .setKind(FeedKind.forNumber(lag.feed().kind().code()))
            .setId(lag.feed().id());
    return FeedLag.newBuilder()
        .setFeed(feed)
        .setSeq(lag.seq())
        .setHistoryLag(lag.history())
        .setOutboxLag(lag.outbox())
        .build();
  }
}
