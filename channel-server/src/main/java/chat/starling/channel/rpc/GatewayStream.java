package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One gateway's stream: which feeds it subscribes to. Its methods are called on its event loop. */
final class GatewayStream implements StreamObserver<SubscribeRequest> {

  private final FeedOwner owner;
  private final Outbound outbound;
  private final int maxSubscriptions;
  private final Consumer<GatewayStream> onEnd;
  private final Map<FeedId, Subscription> subscriptions = new HashMap<>();
  private boolean ended;

  GatewayStream(
      FeedOwner owner, Outbound outbound, int maxSubscriptions, Consumer<GatewayStream> onEnd) {
    this.owner = owner;
    this.outbound = outbound;
    this.maxSubscriptions = maxSubscriptions;
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
      case VIEW -> {}
      case REQUEST_NOT_SET -> outbound.fail(unknown());
    }
  }

  @Override
  public void onError(Throwable fault) {
    end();
  }

  @Override
  public void onCompleted() {
    outbound.complete();
  }

  /** Ends the stream with this refusal. */
  void refuse(RefusedException refusal) {
    outbound.fail(refusal);
  }

  /** Gives up all subscriptions. */
  void end() {
    ended = true;
    subscriptions.forEach((feed, subscription) -> {
      subscription.end();
      owner.unsubscribe(feed, subscription);
    });
    subscriptions.clear();
    onEnd.accept(this);
  }

  private void add(SubscribeRequest.Add add) {
    Subscription next = new Subscription(add.getFeed(), outbound);
    FeedId feed;
    try {
      feed = Checks.feed(add.getFeed());
      if (add.hasAfterSeq()) {
        Checks.notNegative("add.after_seq", add.getAfterSeq());
      }
    } catch (RefusedException e) {
      next.refused(e.reason());
      return;
    }
    drop(feed);
    if (subscriptions.size() >= maxSubscriptions) {
      next.refused(Reason.REASON_TOO_MANY);
      return;
    }
    subscriptions.put(feed, next);
    owner.subscribe(
        feed, add.hasAfterSeq() ? OptionalLong.of(add.getAfterSeq()) : OptionalLong.empty(), next);
  }

  private void remove(SubscribeRequest.Remove remove) {
    try {
      drop(Checks.feed(remove.getFeed()));
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void drop(FeedId feed) {
    Subscription old = subscriptions.remove(feed);
    if (old != null) {
      old.end();
      owner.unsubscribe(feed, old);
    }
  }

  private static RefusedException unknown() {
    return Refuse.because(Reason.REASON_FRAME_UNKNOWN)
        .field("request")
        .expected("add or remove")
        .toException();
  }
}
