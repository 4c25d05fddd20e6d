package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.FeedMetrics;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.owner.heads.HeadSource;
import chat.starling.channel.relay.RelaySource;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The open Subscribe streams of this server, one for each gateway. */
public final class GatewayStreams {

  private final FeedMetrics metrics;
  private final int maxSubscriptions;
  private final int maxOutboundBytes;
  private final RingHolder ring;
  private final Consumer<RingView> onView;
  private final HeadSource heads;
  private final RelaySource relays;
  private final Set<GatewayStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * No streams yet.
   *
   * @param maxSubscriptions feeds on one stream
   * @param maxOutboundBytes bytes that wait for one gateway to read them
   * @param ring the newest view, which each stream begins with
   * @param onView is told of every view that a gateway passes on
   * @param heads where gateways watch workspaces
   * @param relays where they subscribe to feeds that this server passes on
   */
  public GatewayStreams(
      FeedMetrics metrics,
      int maxSubscriptions,
      int maxOutboundBytes,
      RingHolder ring,
      Consumer<RingView> onView,
      HeadSource heads,
      RelaySource relays) {
    this.metrics = metrics;
    this.maxSubscriptions = maxSubscriptions;
    this.maxOutboundBytes = maxOutboundBytes;
    this.ring = ring;
    this.onView = onView;
    this.heads = heads;
    this.relays = relays;
  }

  /** A new stream, written on this event loop. */
  GatewayStream open(
      ServerCallStreamObserver<SubscribeResponse> call, Executor eventLoop, FeedOwner owner) {
    Outbound<SubscribeResponse> outbound = new Outbound<>(call, eventLoop, maxOutboundBytes);
    GatewayStream stream =
        new GatewayStream(owner, relays, outbound, maxSubscriptions, heads, onView, this::closed);
    open.add(stream);
    metrics.streams(1);
    outbound.begin(events -> events.forEach(call::onNext), stream::end);
    stream.show(ring.current());
    if (stopping) {
      end(stream);
    }
    return stream;
  }

  /** Passes a newer view on to every gateway. */
  public void show(RingView view) {
    open.forEach(stream -> stream.show(view));
  }

  /** Ends all streams, and those to come, with UNAVAILABLE. */
  public void stop() {
    stopping = true;
    open.forEach(GatewayStreams::end);
  }

  private void closed(GatewayStream stream) {
    if (open.remove(stream)) {
      metrics.streams(-1);
    }
  }

  private static void end(GatewayStream stream) {
    stream.refuse(
        Refuse.because(Reason.REASON_UNAVAILABLE).message("this server is stopping").toException());
  }
}
