package chat.starling.gateway.upstream;

import chat.starling.gateway.routing.KnownOwners;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.ids.FeedId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The streams to the owners of feeds.
 *
 * @param owners says who owns what
 * @param streams the stream to somebody as it can be asked now; null when there is none
 */
record OwnerWires(KnownOwners owners, Function<Peer, @Nullable StreamWire> streams) {

  /** Without a stream to whom answered last, only the view says who is left to ask. */
  @Nullable StreamWire of(FeedId feed) {
    StreamWire last = to(owners.toAsk(feed));
    return last != null ? last : to(owners.byTheView(feed));
  }

  @Nullable StreamWire to(@Nullable Peer peer) {
    return peer == null ? null : streams.apply(peer);
  }
}
