package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.Stage;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Place;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.routing.Backoff;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Subscribe stream to a channel server: kept up until it is closed, with jittered backoff
 * between tries. All of its state lives on the event loop of all streams.
 */
final class SubscribeStream {

  private static final Logger log = LoggerFactory.getLogger(SubscribeStream.class);

  private static final Backoff RECONNECT =
      new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));
  private static final String NOT_OWNER = RefusalStatus.name(Reason.REASON_NOT_OWNER);

  private final Peer peer;
  private final Link link;
  private final EventLoop loop;
  private final StreamEvents events;
  private int tries;
  private @Nullable Attempt current;
  private RingView passedOn = RingView.EMPTY;
  private volatile boolean closed;

  SubscribeStream(Peer peer, Link link, EventLoop loop, StreamEvents events) {
    this.peer = peer;
    this.link = link;
    this.loop = loop;
    this.events = events;
  }

  /** Whom the stream goes to. */
  Peer peer() {
    return peer;
  }

  /** The stream as it can be asked now; null between tries. */
  @Nullable StreamWire wire() {
    return current;
  }

  /** Opens the stream, and again whenever it ends. */
  void open() {
    if (!closed) {
      Attempt attempt = new Attempt();
      current = attempt;
      attempt.requests = link.streams().subscribe(attempt);
      attempt.pass(passedOn);
      events.opened();
    }
  }

  /** Passes a view on to the server, now and on every later try, unless the server has it. */
  void pass(RingView view) {
    passedOn = view;
    if (current != null) {
      current.pass(view);
    }
  }

  /** Ends the stream for good; nothing is said of it any more. */
  void close() {
    closed = true;
    Attempt last = current;
    current = null;
    link.setAnswering(false);
    if (last != null) {
      last.end();
    }
  }

  private void lost(Attempt attempt, String why) {
    if (current != attempt) {
      return;
    }
    if (tries == 0) {
      log.info("the stream to {} ended and is tried again: {}", peer, why);
    }
    current = null;
    link.setAnswering(false);
    events.ended(attempt);
    Duration wait = RECONNECT.wait(tries++, ThreadLocalRandom.current());
    var _ = loop.schedule(this::open, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void take(Attempt attempt, SubscribeResponse response) {
    if (current != attempt) {
      return;
    }
    if (!link.isAnswering()) {
      tries = 0;
      link.setAnswering(true);
      events.answered();
    }
    switch (response.getResponseCase()) {
      case ADDED -> added(attempt, response.getAdded());
      case REFUSED -> refused(attempt, response.getRefused());
      case REFERRED -> referred(attempt, response.getReferred());
      case VIEW -> {
        attempt.theirs = Math.max(attempt.theirs, response.getView().getVersion());
        events.view(this, response.getView());
      }
      case WATCH_REFUSED -> refused(attempt, response.getWatchRefused());
      case TRUSTED -> {
        var trusted = response.getTrusted();
        events
            .workspaces()
            .trusted(trusted.getWorkspaceId(), trusted.getAskedAt(), trusted.getMillis());
      }
      case EVENT, HEADS, RESPONSE_NOT_SET ->
          log.warn("{} sent what this gateway does not know", peer);
    }
  }

  private void added(Attempt attempt, SubscribeResponse.Added added) {
    long id = added.getFeed().getId();
    if (isWorkspace(added.getFeed())) {
      events.workspaces().added(peer, attempt, id, added.getFromSeq());
    } else {
      events.channels().added(peer, attempt, id, added.getFromSeq());
    }
  }

  private void take(Attempt attempt, WorkspaceEvent event) {
    if (current == attempt) {
      events.workspaces().event(attempt, event);
    }
  }

  private void take(Attempt attempt, Parcel parcel) {
    if (current == attempt) {
      events.channels().event(attempt, parcel);
    }
  }

  private void take(Attempt attempt, HeadsMessage heads) {
    if (current == attempt) {
      events.heads().heads(peer, attempt, heads);
    }
  }

  private void refused(Attempt attempt, SubscribeResponse.WatchRefused refused) {
    if (refused.getReason().equals(NOT_OWNER)) {
      events.heads().notOwner(peer, attempt, refused.getWorkspaceId());
    } else {
      log.warn("{} refused workspace {}: {}", peer, refused.getWorkspaceId(), refused.getReason());
      events.heads().refused(attempt, refused.getWorkspaceId());
    }
  }

  private void refused(Attempt attempt, SubscribeResponse.SubscribeRefused refused) {
    if (isWorkspace(refused.getFeed())) {
      workspaceRefused(attempt, refused);
      return;
    }
    long channelId = refused.getFeed().getId();
    if (refused.getReason().equals(NOT_OWNER)) {
      events.channels().notOwner(peer, attempt, channelId);
    } else {
      log.warn("{} refused channel {}: {}", peer, channelId, refused.getReason());
      events.channels().refused(attempt, channelId);
    }
  }

  private void workspaceRefused(Attempt attempt, SubscribeResponse.SubscribeRefused refused) {
    long workspaceId = refused.getFeed().getId();
    if (refused.getReason().equals(NOT_OWNER)) {
      events.workspaces().notOwner(peer, attempt, workspaceId);
    } else {
      log.warn("{} ended workspace {}'s feed: {}", peer, workspaceId, refused.getReason());
      events.workspaces().refused(attempt, workspaceId);
    }
  }

  private void referred(Attempt attempt, SubscribeResponse.Referred to) {
    Stage stage = to.getStage();
    events
        .channels()
        .referred(
            attempt,
            to.getFeed().getId(),
            new Place(to.getServerId(), stage.getEpoch(), List.copyOf(stage.getPathList())));
  }

  private static Parcel parcel(FeedEvent event) {
    return Parcel.ofFrame(
        event.getFeed().getId(), event.getSeq(), event.getTraceparent(), event.getFrame());
  }

  private static boolean isWorkspace(FeedId feed) {
    return feed.getKind() == FeedKind.FEED_KIND_WORKSPACE;
  }

  /** Null for bytes that are none. */
  private static @Nullable WorkspaceEvent workspaceEvent(FeedEvent event) {
    try {
      return WorkspaceEvent.parseFrom(event.getWorkspaceEvent());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  /** One stream, from its opening to its end. */
  private final class Attempt implements StreamObserver<SubscribeResponse>, StreamWire {

    private final Wire heads = new Heads();
    private final Wire workspaces = new WorkspaceWire();
    private @Nullable StreamObserver<SubscribeRequest> requests;

    /** The version of the newest view that the server is known to have. */
    private long theirs;

    @Override
    public void add(long channelId, long afterSeq) {
      add(channelId, afterSeq, Place.OWNER, false);
    }

    @Override
    public void add(long channelId, long afterSeq, Place place, boolean follows) {
      ask(SubscribeRequests.channel(channelId, afterSeq, place, follows));
    }

    @Override
    public void remove(long channelId) {
      ask(SubscribeRequests.noChannel(channelId));
    }

    @Override
    public Wire heads() {
      return heads;
    }

    @Override
    public Wire workspaces() {
      return workspaces;
    }

    @Override
    public void applied(long workspaceId, long seq, long askedAt) {
      ask(SubscribeRequests.applied(workspaceId, seq, askedAt));
    }

    void pass(RingView view) {
      if (view.version() > theirs) {
        theirs = view.version();
        ask(SubscribeRequests.view(view));
      }
    }

    /** Events are made parcels on the connection's own loop: the loop of all streams has enough. */
    @Override
    public void onNext(SubscribeResponse response) {
      if (response.hasEvent() && isWorkspace(response.getEvent().getFeed())) {
        WorkspaceEvent event = workspaceEvent(response.getEvent());
        if (event == null) {
          log.warn("{} sent what is no event of a workspace", peer);
        } else {
          onLoop(() -> take(this, event));
        }
      } else if (response.hasEvent()) {
        Parcel parcel = parcel(response.getEvent());
        onLoop(() -> take(this, parcel));
      } else if (response.hasHeads()) {
        HeadsMessage heads = HeadsMessage.of(response.getHeads());
        onLoop(() -> take(this, heads));
      } else {
        onLoop(() -> take(this, response));
      }
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

    /** The stream for workspaces' feeds. */
    private final class WorkspaceWire implements Wire {

      @Override
      public void add(long workspaceId, long afterSeq) {
        ask(SubscribeRequests.workspace(workspaceId, afterSeq, events.process()));
      }

      @Override
      public void remove(long workspaceId) {
        ask(SubscribeRequests.noWorkspace(workspaceId));
      }
    }

    /** The stream for heads of workspaces. */
    private final class Heads implements Wire {

      @Override
      public void add(long workspaceId, long afterSeq) {
        ask(SubscribeRequests.heads(workspaceId));
      }

      @Override
      public void remove(long workspaceId) {
        ask(SubscribeRequests.noHeads(workspaceId));
      }
    }
  }
}
