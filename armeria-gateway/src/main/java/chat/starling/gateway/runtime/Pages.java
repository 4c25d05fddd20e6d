package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.gateway.delivery.Page;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.upstream.ChannelServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Reads pages of channels' logs. Identical reads in flight are one, whoever asks. */
public final class Pages {

  /** Events read at once for a view: few enough that a page of the longest texts is bearable. */
  static final int CATCH_UP = 100;

  private record Key(long channelId, long afterSeq) {}

  private final Map<Key, CompletableFuture<Page>> inFlight = new ConcurrentHashMap<>();
  private final ChannelServers servers;

  /** Pages read from these servers. */
  public Pages(ChannelServers servers) {
    this.servers = servers;
  }

  /** A page for a view that catches up. */
  CompletableFuture<Page> catchUp(long channelId, long afterSeq) {
    Key key = new Key(channelId, afterSeq);
    CompletableFuture<Page> mine = new CompletableFuture<>();
    CompletableFuture<Page> theirs = inFlight.putIfAbsent(key, mine);
    if (theirs != null) {
      return theirs;
    }
    var _ =
        read(channelId, afterSeq, CATCH_UP)
            .thenApply(response -> page(channelId, response))
            .whenComplete((page, fault) -> {
              inFlight.remove(key);
              if (fault == null) {
                mine.complete(page);
              } else {
                mine.completeExceptionally(fault);
              }
            });
    return mine;
  }

  /** The events after a seq, as the log has them. */
  CompletableFuture<ReadEventsResponse> read(long channelId, long afterSeq, int limit) {
    return servers
        .owner(channelId)
        .readEvents(
            ReadEventsRequest.newBuilder()
                .setFeed(feed(channelId))
                .setAfterSeq(afterSeq)
                .setLimit(limit)
                .build());
  }

  static FeedId feed(long channelId) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channelId).build();
  }

  private static Page page(long channelId, ReadEventsResponse response) {
    List<Parcel> parcels = new ArrayList<>(response.getEventsCount());
    for (int i = 0; i < response.getEventsCount(); i++) {
      parcels.add(Parcel.ofEvent(channelId, response.getFirstSeq() + i, response.getEvents(i)));
    }
    return new Page(parcels, response.getLastSeq());
  }
}
