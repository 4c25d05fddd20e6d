package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.Ring;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.channel.owner.heads.HeadSource;
import chat.starling.channel.relay.Asker;
import chat.starling.channel.relay.RelaySource;
import chat.starling.channel.relay.Stage;
import chat.starling.channel.relay.StageCodec;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One gateway's stream: which feeds it subscribes to. Its methods are called on its event loop. */
final class GatewayStream implements StreamObserver<SubscribeRequest> {

  private final FeedOwner owner;
  private final RelaySource relays;
  private final Outbound<SubscribeResponse> outbound;
  private final int maxSubscriptions;
  private final Consumer<RingView> onView;
  private final Consumer<GatewayStream> onEnd;
  private final AtomicLong shown = new AtomicLong(-1);
  private final Map<FeedId, Subscription> subscriptions = new HashMap<>();
  private final HeadSubscriptions heads;
  private boolean leavesInOrder;
  private boolean ended;

  GatewayStream(
      FeedOwner owner,
      RelaySource relays,
      Outbound<SubscribeResponse> outbound,
      int maxSubscriptions,
      HeadSource heads,
      Consumer<RingView> onView,
      Consumer<GatewayStream> onEnd) {
    this.owner = owner;
    this.relays = relays;
    this.outbound = outbound;
    this.maxSubscriptions = maxSubscriptions;
    this.heads = new HeadSubscriptions(heads, outbound, maxSubscriptions);
    this.onView = onView;
    this.onEnd = onEnd;
  }

  @Override
  public void onNext(SubscribeRequest request) {
    if (ended) {
      return;
    }
    switch (request.getRequestCase()) {
      case ADD -> add(request.getAdd());
      case REMOVE -> remove(request.getRemove());
      case VIEW -> hear(request.getView());
      case WATCH_HEADS -> heads.watch(request.getWatchHeads().getWorkspaceId());
      case UNWATCH_HEADS -> heads.unwatch(request.getUnwatchHeads().getWorkspaceId());
      case APPLIED -> applied(request.getApplied());
      case REQUEST_NOT_SET -> outbound.fail(unknown());
    }
  }

  @Override
  public void onError(Throwable fault) {
    end();
  }

  @Override
  public void onCompleted() {
    leavesInOrder = true;
    outbound.complete();
  }

  /** Tells the gateway of a view, unless it was told of that or a newer one. From any thread. */
  void show(RingView view) {
    long before = shown.getAndAccumulate(view.version(), Math::max);
    if (view.version() > before) {
      outbound.send(SubscribeResponse.newBuilder().setView(RingCodec.toMessage(view)).build());
    }
  }

  private void hear(Ring ring) {
    try {
      RingView view = RingCodec.toView(ring);
      shown.accumulateAndGet(view.version(), Math::max);
      onView.accept(view);
    } catch (IllegalArgumentException e) {
      refuse(
          Refuse.because(Reason.REASON_OUT_OF_RANGE)
              .field("view")
              .message("view: " + e.getMessage())
              .toException());
    }
  }

  /** Ends the stream with this refusal. */
  void refuse(RefusedException refusal) {
    outbound.fail(refusal);
  }

  /** Gives up all subscriptions. */
  void end() {
    ended = true;
    subscriptions.forEach((feed, old) -> leave(feed, old, leavesInOrder));
    subscriptions.clear();
    heads.end();
    onEnd.accept(this);
  }

  private void add(SubscribeRequest.Add add) {
    Subscription next = subscription(add);
    FeedId feed;
    try {
      feed = Checks.add(add);
    } catch (RefusedException e) {
      next.refused(e.reason());
      return;
    }
    drop(feed, false);
    if (subscriptions.size() >= maxSubscriptions) {
      next.refused(Reason.REASON_TOO_MANY);
      return;
    }
    subscriptions.put(feed, next);
    subscribe(
        feed, add.hasAfterSeq() ? OptionalLong.of(add.getAfterSeq()) : OptionalLong.empty(), next);
  }

  private Subscription subscription(SubscribeRequest.Add add) {
    Stage stage = StageCodec.toStage(add.getStage());
    Asker asker = new Asker(add.getRelay(), add.getFollowsReferrals(), stage);
    return new Subscription(add.getFeed(), asker, add.getSubscriber(), outbound);
  }

  private void applied(SubscribeRequest.Applied applied) {
    try {
      FeedId feed = FeedId.workspace(Checks.id("applied.workspace_id", applied.getWorkspaceId()));
      long seq = Checks.notNegative("applied.seq", applied.getSeq());
      Subscription subscription = subscriptions.get(feed);
      if (subscription != null && subscription.process() != 0) {
        owner.applied(feed, subscription, seq, applied.getAskedAt());
      }
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void subscribe(FeedId feed, OptionalLong afterSeq, Subscription next) {
    if (next.stage().isOwner()) {
      owner.subscribe(feed, afterSeq, next);
    } else {
      relays.subscribe(feed, next.stage(), afterSeq, next);
    }
  }

  private void remove(SubscribeRequest.Remove remove) {
    try {
      drop(Checks.feed(remove.getFeed()), true);
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void drop(FeedId feed, boolean over) {
    Subscription old = subscriptions.remove(feed);
    if (old != null) {
      leave(feed, old, over);
    }
  }

  private void leave(FeedId feed, Subscription old, boolean over) {
    old.end();
    if (old.stage().isOwner()) {
      owner.unsubscribe(feed, old, over);
    } else {
      relays.unsubscribe(feed, old);
    }
  }

  private static RefusedException unknown() {
    return Refuse.because(Reason.REASON_FRAME_UNKNOWN)
        .field("request")
        .expected("add, remove, view, watch_heads, unwatch_heads or applied")
        .toException();
  }
}
