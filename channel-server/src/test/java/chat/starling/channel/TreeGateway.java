package chat.starling.channel;

import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.Stage;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeRequest.Add;
import chat.starling.api.internal.v1.SubscribeResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that follows one channel wherever it is referred to, asks the owner again when that
 * ends, and reads from the owner what a stream leaves out.
 */
final class TreeGateway implements AutoCloseable {

  private static final int PAGE = 1000;
  private static final long PAUSE_MILLIS = 20;
  private static final int DETOURS = 3;

  private final Map<String, FeedServiceStub> servers;
  private final TestServer owner;
  private final String ownerId;
  private final long channel;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> seqs = new CopyOnWriteArrayList<>();
  private volatile @Nullable Attempt current;
  private final AtomicInteger asked = new AtomicInteger();
  private int detours;

  TreeGateway(Map<String, TestServer> servers, String ownerId, long channel) {
    this.servers = new HashMap<>();
    servers.forEach((id, server) -> this.servers.put(id, server.feeds()));
    this.owner = Objects.requireNonNull(servers.get(ownerId));
    this.ownerId = ownerId;
    this.channel = channel;
    thread.execute(this::askOwner);
  }

  /** What its viewers have seen, in that order. */
  List<Long> seqs() {
    return List.copyOf(seqs);
  }

  /** How often it has asked any server. */
  int asked() {
    return asked.get();
  }

  /** The server that the channel comes from now; null while it comes from nowhere. */
  @Nullable String source() {
    Attempt now = current;
    return now != null && now.standing ? now.server : null;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void askOwner() {
    new Attempt(ownerId).ask(Stage.getDefaultInstance());
  }

  private long seen() {
    return seqs.isEmpty() ? 0 : seqs.getLast();
  }

  private void readUpTo(long last) {
    while (seen() < last) {
      ReadEventsResponse run =
          owner.blockingFeeds().readEvents(Requests.events(channel, seen(), PAGE));
      Requests.parseEvents(run.getEventsList()).forEach(event -> seqs.add(event.getSeq()));
    }
  }

  /** One stream to one server. */
  private final class Attempt implements StreamObserver<SubscribeResponse> {

    private final String server;
    private volatile boolean standing;
    private @Nullable StreamObserver<SubscribeRequest> requests;

    Attempt(String server) {
      this.server = server;
    }

    void ask(Stage stage) {
      current = this;
      asked.incrementAndGet();
      Add.Builder add = Add.newBuilder().setFeed(TestGateway.feed(channel)).setAfterSeq(seen());
      add.setStage(stage).setFollowsReferrals(detours < DETOURS);
      requests = Objects.requireNonNull(servers.get(server)).subscribe(this);
      requests.onNext(SubscribeRequest.newBuilder().setAdd(add).build());
    }

    private void leave() {
      if (requests != null) {
        requests.onCompleted();
      }
    }

    @Override
    public void onNext(SubscribeResponse response) {
      onThread(() -> take(response));
    }

    @Override
    public void onError(Throwable fault) {
      onThread(this::ended);
    }

    @Override
    public void onCompleted() {
      onThread(this::ended);
    }

    private void onThread(Runnable step) {
      if (!thread.isShutdown()) {
        thread.execute(() -> {
          if (current == this) {
            step.run();
          }
        });
      }
    }

    private void take(SubscribeResponse response) {
      if (response.hasAdded()) {
        standing = true;
        detours = 0;
        readUpTo(response.getAdded().getFromSeq());
      } else if (response.hasEvent() && response.getEvent().getSeq() > seen()) {
        seqs.add(response.getEvent().getSeq());
      } else if (response.hasReferred()) {
        leave();
        var referred = response.getReferred();
        new Attempt(referred.getServerId()).ask(referred.getStage());
      } else if (response.hasRefused()) {
        leave();
        ended();
      }
    }

    private void ended() {
      if (!standing && !server.equals(ownerId)) {
        detours++;
      }
      current = null;
      var _ = thread.schedule(TreeGateway.this::askOwner, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
