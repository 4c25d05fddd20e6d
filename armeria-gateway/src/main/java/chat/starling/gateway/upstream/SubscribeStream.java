package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Subscriptions;
import chat.starling.gateway.delivery.Upstreams;
import chat.starling.platform.settings.HostPort;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Subscribe stream to a channel server: kept up for as long as the gateway runs, with
 * jittered backoff between tries. All of its state lives on one event loop.
 */
final class SubscribeStream implements Upstreams, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SubscribeStream.class);

  private static final long FIRST_BACKOFF_MILLIS = 50;
  private static final long MAX_BACKOFF_MILLIS = 2_000;
  private static final long REFUSED_WAIT_MILLIS = 1_000;

  private final HostPort address;
  private final FeedServiceStub feeds;
  private final EventLoop loop;
  private final Subscriptions subscriptions = new Subscriptions();
  private long backoffMillis = FIRST_BACKOFF_MILLIS;
  private @Nullable Attempt current;
  private volatile boolean closed;

  SubscribeStream(HostPort address, EventLoop loop, ClientFactory connections) {
    this.address = address;
    this.loop = loop;
    this.feeds =
        GrpcClients.builder("gproto+h2c://" + address)
            .factory(connections)
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build(FeedServiceStub.class);
    loop.execute(this::connect);
  }

  @Override
  public void follow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.follow(channelId, follower));
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.unfollow(channelId, follower));
  }

  @Override
  public void close() {
    closed = true;
    loop.execute(() -> {
      Attempt last = current;
      current = null;
      subscriptions.down();
      if (last != null) {
        last.end();
      }
    });
  }

  private void connect() {
    if (!closed) {
      Attempt attempt = new Attempt();
      current = attempt;
      attempt.requests = feeds.subscribe(attempt);
      subscriptions.up(attempt);
    }
  }

  private void lost(Attempt attempt, String why) {
    if (current != attempt) {
      return;
    }
    current = null;
    subscriptions.down();
    if (!closed) {
      if (backoffMillis == FIRST_BACKOFF_MILLIS) {
        log.info("the stream to {} ended and is tried again: {}", address, why);
      }
      var _ = loop.schedule(this::connect, nextBackoff(), TimeUnit.MILLISECONDS);
    }
  }

  private long nextBackoff() {
    long wait = backoffMillis / 2 + ThreadLocalRandom.current().nextLong(backoffMillis);
    backoffMillis = Math.min(MAX_BACKOFF_MILLIS, backoffMillis * 2);
    return wait;
  }

  private void take(Attempt attempt, SubscribeResponse response) {
    if (current != attempt) {
      return;
    }
    backoffMillis = FIRST_BACKOFF_MILLIS;
    switch (response.getResponseCase()) {
      case EVENT -> subscriptions.event(parcel(response.getEvent()));
      case ADDED ->
          subscriptions.added(
              response.getAdded().getFeed().getId(), response.getAdded().getFromSeq());
      case REFUSED -> refused(response.getRefused());
      case VIEW -> {}
      case RESPONSE_NOT_SET -> log.warn("{} sent what this gateway does not know", address);
    }
  }

  private void refused(SubscribeResponse.SubscribeRefused refused) {
    long channelId = refused.getFeed().getId();
    log.warn("{} refused channel {}: {}", address, channelId, refused.getReason());
    var _ =
        loop.schedule(
            () -> subscriptions.refused(channelId), REFUSED_WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Parcel parcel(FeedEvent event) {
    return Parcel.ofFrame(
        event.getFeed().getId(), event.getSeq(), event.getTraceparent(), event.getFrame());
  }

  static FeedId channelFeed(long channelId) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channelId).build();
  }

  /** One stream, from its opening to its end. */
  private final class Attempt implements StreamObserver<SubscribeResponse>, Subscriptions.Wire {

    private @Nullable StreamObserver<SubscribeRequest> requests;

    @Override
    public void add(long channelId, long afterSeq) {
      var add = SubscribeRequest.Add.newBuilder().setFeed(channelFeed(channelId));
      if (afterSeq != ChannelView.LIVE_ONLY) {
        add.setAfterSeq(afterSeq);
      }
      ask(SubscribeRequest.newBuilder().setAdd(add).build());
    }

    @Override
    public void remove(long channelId) {
      var remove = SubscribeRequest.Remove.newBuilder().setFeed(channelFeed(channelId));
      ask(SubscribeRequest.newBuilder().setRemove(remove).build());
    }

    @Override
    public void onNext(SubscribeResponse response) {
      onLoop(() -> take(this, response));
    }

    @Override
    public void onError(Throwable fault) {
      onLoop(() -> lost(this, String.valueOf(fault.getMessage())));
    }

    @Override
    public void onCompleted() {
      onLoop(() -> lost(this, "the server ended it"));
    }

    /**
     * A stream that this gateway has closed ends when the loop may be gone; nobody waits for it.
     */
    private void onLoop(Runnable step) {
      if (!closed) {
        loop.execute(step);
      }
    }

    private void ask(SubscribeRequest request) {
      if (requests != null && current == this) {
        requests.onNext(request);
      }
    }

    private void end() {
      if (requests != null) {
        requests.onCompleted();
      }
    }
  }
}
