package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.internal.v1.DeleteMessageResponse;
import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedServiceGrpc;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceHeads;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A channel server in memory that keeps the promises of feed.proto. One thread does everything, in
 * order; faults are switched on by tests. Alone it owns everything; in a {@link Fleet} what the
 * ring gives it.
 */
public final class FakeChannelServer extends FeedServiceGrpc.FeedServiceImplBase
    implements AutoCloseable {

  private static final int REPLAYED = 3;
  private static final long TRUST_MILLIS = 2_000;

  private final FakeLogs logs;
  private final Set<Subscriber> subscribers = new HashSet<>();
  private final Set<Appender> appenders = new HashSet<>();
  private final List<Integer> frames = new ArrayList<>();
  private final List<Runnable> heldAppends = new ArrayList<>();
  private final List<String> traceparents = new ArrayList<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final List<DeleteMessageRequest> deletions = new ArrayList<>();
  private final List<AppendRequest> appends = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>();
  private final Map<Long, Integer> refused = new HashMap<>();
  private final FakeDirectory directory;
  private final FakeLookup lookup;
  private final FakeAdministration administration;
  private final Map<Long, Long> applied = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean trusting = true;
  private final Server server;
  private String address;
  private RingView view;
  private Optional<String> hint = Optional.empty();
  private boolean claiming = true;
  private boolean seizing;
  private boolean holding;
  private boolean unavailable;

  public FakeChannelServer() throws IOException {
    this(new FakeLogs(), new FakeDirectory());
  }

  private FakeChannelServer(FakeLogs logs, FakeDirectory directory) throws IOException {
    this(logs, directory, new FakeAdministration(directory));
  }

  FakeChannelServer(FakeLogs logs, FakeDirectory directory, FakeAdministration administration)
      throws IOException {
    this.logs = logs;
    this.directory = directory;
    this.lookup = directory.lookup();
    this.administration = administration;
    workspaces().listen(this::changed);
    logs.listen(this::heard);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(thread)
            .addService(this)
            .addService(directory)
            .addService(lookup)
            .addService(
                new FakeAdministrationRpc(
                        administration, this::notOwnerOfWorkspace, this::whenGoneBy)
                    .service())
            .intercept(new CallCount())
            .permitKeepAliveTime(1, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build()
            .start();
    address = "127.0.0.1:" + port();
    view = new RingView(1, List.of(new Member("channel-0", 1, address, MemberState.ACTIVE, 0)));
  }

  public int port() {
    return server.getPort();
  }

  public FakeDirectory directory() {
    return directory;
  }

  public FakeLookup lookup() {
    return lookup;
  }

  public FakeAdministration administration() {
    return administration;
  }

  public FakeWorkspaces workspaces() {
    return administration.workspaces();
  }

  /** Up to which event of the workspace's feed a gateway has said to this server that it goes. */
  public synchronized long applied(long workspace) {
    return applied.getOrDefault(workspace, -1L);
  }

  /** Trusts those who say up to where they go, or nobody from now on. */
  public synchronized void setTrusting(boolean now) {
    trusting = now;
  }

  /** Says where in the ring this server is, and tells every gateway of the ring. */
  synchronized void join(String ownAddress, RingView newest) {
    address = ownAddress;
    view = newest;
    List.copyOf(subscribers).forEach(Subscriber::viewChanged);
  }

  /** Takes over what the ring gives it, or refuses it with NOT_OWNER for the time being. */
  public synchronized void setClaiming(boolean now) {
    claiming = now;
  }

  /** Owns from now on whatever it is asked for, as if its ring said so. */
  public synchronized void seize() {
    seizing = true;
  }

  /** Names this server whenever it is asked for what it does not own. */
  public synchronized void hint(String ownerAddress) {
    hint = Optional.of(ownerAddress);
  }

  /** How often a subscription to the channel was refused with NOT_OWNER. */
  public synchronized int refused(long channel) {
    return refused.getOrDefault(channel, 0);
  }

  /** Versions of the views that gateways passed on, in their order. */
  public synchronized List<Long> versions() {
    return List.copyOf(versions);
  }

  /** Appends that came, refused ones too. */
  public synchronized List<AppendRequest> appends() {
    return List.copyOf(appends);
  }

  /** How many appends each frame held that came. */
  public synchronized List<Integer> frames() {
    return List.copyOf(frames);
  }

  /** Ends every stream of appends, as a server does that stops. */
  public synchronized void cutAppends() {
    appenders.forEach(a -> a.out.onError(Status.UNAVAILABLE.asRuntimeException()));
    appenders.clear();
  }

  /** How often an rpc of this name was called, such as {@code GetMembership}. */
  public int calls(String rpc) {
    return calls.getOrDefault(rpc, 0);
  }

  /** Posts a message as if some other gateway had. */
  public synchronized long post(long channel, String text) {
    return append(
            AppendRequest.newBuilder()
                .setFeed(feed(channel))
                .setText(text)
                .setAuthor(chat.starling.api.v1.Author.newBuilder().setUserId(99))
                .build(),
            "")
        .getSeq();
  }

  /** Posts without telling the subscribers, as if their stream had lost it. */
  public synchronized void postSilently(long channel, String text) {
    Set<Subscriber> all = Set.copyOf(subscribers);
    subscribers.clear();
    post(channel, text);
    subscribers.addAll(all);
  }

  /** Ends every stream, as a server does that is restarted. */
  public synchronized void cutStreams() {
    List.copyOf(subscribers).forEach(s -> s.out.onError(Status.UNAVAILABLE.asRuntimeException()));
    subscribers.clear();
  }

  public synchronized int streams() {
    return subscribers.size();
  }

  /** Whether a gateway watches the workspace here. */
  public synchronized boolean isWatched(long workspace) {
    return subscribers.stream().anyMatch(s -> s.watched.contains(workspace));
  }

  public synchronized boolean isSubscribed(long channel) {
    return subscribers.stream().anyMatch(s -> s.channels.contains(channel));
  }

  /** Leaves appends unanswered until {@link #answerAppends}. */
  public synchronized void holdAppends() {
    holding = true;
  }

  public synchronized int held() {
    return heldAppends.size();
  }

  public synchronized void answerAppends() {
    holding = false;
    heldAppends.forEach(Runnable::run);
    heldAppends.clear();
  }

  /** Lets held appends be as if they had never come. */
  public synchronized void forgetHeldAppends() {
    holding = false;
    heldAppends.clear();
  }

  /** Refuses everything but streams with UNAVAILABLE, or no more. */
  public synchronized void setUnavailable(boolean now) {
    unavailable = now;
    directory.setUnavailable(now);
  }

  public synchronized List<String> traceparents() {
    return List.copyOf(traceparents);
  }

  @Override
  public synchronized StreamObserver<AppendManyRequest> appendMany(
      StreamObserver<AppendManyResponse> out) {
    ((ServerCallStreamObserver<?>) out).setOnCancelHandler(() -> {});
    Appender appender = new Appender(out);
    appenders.add(appender);
    return appender;
  }

  private AppendResponse append(AppendRequest request, String traceparent) {
    traceparents.add(traceparent);
    Optional<Message> known = logs.find(request);
    if (known.isPresent()) {
      return ack(known.get()).setDuplicate(true).build();
    }
    Message message = logs.append(request);
    List.copyOf(subscribers).forEach(s -> s.event(message, traceparent));
    return ack(message).build();
  }

  /** What it was asked to delete. */
  public synchronized List<DeleteMessageRequest> deletions() {
    return List.copyOf(deletions);
  }

  @Override
  public synchronized void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> answer) {
    deletions.add(request);
    answer(answer, DeleteMessageResponse.newBuilder().setSeq(deletions.size()).build());
  }

  @Override
  public synchronized StreamObserver<SubscribeRequest> subscribe(
      StreamObserver<SubscribeResponse> out) {
    Subscriber subscriber = new Subscriber(out);
    subscribers.add(subscriber);
    subscriber.tellView();
    return subscriber;
  }

  @Override
  public synchronized void readEvents(
      ReadEventsRequest request, StreamObserver<ReadEventsResponse> answer) {
    List<Message> log = logs.of(request.getFeed().getId());
    long after = request.getAfterSeq();
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    } else if (!owns(request.getFeed().getId())) {
      answer.onError(RefusalStatus.toException(notOwner(request.getFeed().getId())));
    } else if (after > log.size()) {
      answer.onError(
          RefusalStatus.toException(
              Refuse.because(Reason.REASON_CURSOR_AHEAD)
                  .field("after_seq")
                  .value(after)
                  .expected("0.." + log.size())
                  .build()));
    } else {
      List<Message> run =
          log.subList((int) after, (int) Math.min(log.size(), after + request.getLimit()));
      ReadEventsResponse.Builder page =
          ReadEventsResponse.newBuilder()
              .setLastSeq(log.size())
              .setFirstSeq(run.isEmpty() ? 0 : after + 1);
      run.forEach(message -> page.addEvents(event(message, "").toByteString()));
      answer(answer, page.build());
    }
  }

  @Override
  public synchronized void readHistory(
      ReadHistoryRequest request, StreamObserver<ReadHistoryResponse> answer) {
    if (!owns(request.getChannelId())) {
      answer.onError(RefusalStatus.toException(notOwner(request.getChannelId())));
      return;
    }
    List<Message> all = logs.of(request.getChannelId());
    List<Message> older =
        all.stream()
            .filter(m -> !request.hasBefore() || m.getMessageId() < request.getBefore())
            .toList();
    List<Message> page =
        older.subList(Math.max(0, older.size() - request.getLimit()), older.size());
    ReadHistoryResponse.Builder response =
        ReadHistoryResponse.newBuilder()
            .setHasOlder(page.size() < older.size())
            .setHasNewer(older.size() < all.size());
    page.forEach(message -> response.addMessages(message.toByteString()));
    answer(answer, response.build());
  }

  @Override
  public void close() {
    server.shutdownNow();
    thread.shutdownNow();
  }

  private boolean owns(long channel) {
    return seizing || (claiming && owner(channel).equals(address));
  }

  private String owner(long channel) {
    Member owner = view.ownerOf(Shard.of(FeedId.channel(channel)));
    return owner == null ? "" : owner.address();
  }

  private Refusal notOwner(long channel) {
    return Refuse.because(Reason.REASON_NOT_OWNER)
        .field("feed")
        .value(channel)
        .expected(hint.orElse(owner(channel)))
        .build();
  }

  private synchronized Optional<Refusal> notOwnerOfWorkspace(long workspace) {
    if (ownsWorkspace(workspace)) {
      return Optional.empty();
    }
    Member owner = view.ownerOf(Shard.of(FeedId.workspace(workspace)));
    return Optional.of(
        Refuse.because(Reason.REASON_NOT_OWNER)
            .field("feed")
            .value(workspace)
            .expected(owner == null ? "" : owner.address())
            .build());
  }

  private boolean ownsWorkspace(long workspace) {
    Member owner = view.ownerOf(Shard.of(FeedId.workspace(workspace)));
    return claiming && owner != null && owner.address().equals(address);
  }

  /** What it is asked of channels is nothing to workspaces' feeds. */
  private boolean ownsFeedOf(long workspace) {
    Member owner = view.ownerOf(Shard.of(FeedId.workspace(workspace)));
    return owner != null && owner.address().equals(address);
  }

  /** What is to be done once the gateway goes by all that has happened in a workspace. */
  private record Waiting(long workspace, long seq, Runnable then) {}

  /** Returns once the gateway, if it follows the workspace here, goes by all that has happened. */
  void awaitGoneBy(long workspace) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    whenGoneBy(workspace, () -> done.complete(null));
    done.join();
  }

  private synchronized void whenGoneBy(long workspace, Runnable then) {
    waiting.add(new Waiting(workspace, workspaces().events(workspace).size(), then));
    settle();
  }

  private void settle() {
    List<Waiting> due = waiting.stream().filter(this::isDue).toList();
    waiting.removeAll(due);
    due.forEach(one -> one.then.run());
  }

  private boolean isDue(Waiting one) {
    return applied.getOrDefault(one.workspace, -1L) >= one.seq
        || subscribers.stream().noneMatch(s -> s.feeds.containsKey(one.workspace));
  }

  private void changed(WorkspaceEvent event) {
    if (!thread.isShutdown()) {
      thread.execute(() -> tellChange(event));
    }
  }

  private synchronized void tellChange(WorkspaceEvent event) {
    subscribers.forEach(s -> s.changed(event));
  }

  private void heard(Message message) {
    if (!thread.isShutdown()) {
      thread.execute(() -> tellHead(message));
    }
  }

  private synchronized void tellHead(Message message) {
    long workspace = directory.workspaceOf(message.getChannelId());
    subscribers.forEach(s -> s.moved(workspace, message));
  }

  private static Event event(Message message, String traceparent) {
    return Event.newBuilder()
        .setChannelId(message.getChannelId())
        .setSeq(message.getSeq())
        .setTraceparent(traceparent)
        .setMessagePosted(message)
        .build();
  }

  private static AppendResponse.Builder ack(Message message) {
    return AppendResponse.newBuilder()
        .setSeq(message.getSeq())
        .setMessageId(message.getMessageId());
  }

  private static chat.starling.api.internal.v1.FeedId feed(long channel) {
    return chat.starling.api.internal.v1.FeedId.newBuilder()
        .setKind(FeedKind.FEED_KIND_CHANNEL)
        .setId(channel)
        .build();
  }

  private static chat.starling.api.internal.v1.FeedId workspaceFeed(long workspace) {
    return chat.starling.api.internal.v1.FeedId.newBuilder()
        .setKind(FeedKind.FEED_KIND_WORKSPACE)
        .setId(workspace)
        .build();
  }

  static <T> void answer(StreamObserver<T> to, T what) {
    to.onNext(what);
    to.onCompleted();
  }

  /** One gateway's stream of appends. */
  private final class Appender implements StreamObserver<AppendManyRequest> {

    private final StreamObserver<AppendManyResponse> out;

    Appender(StreamObserver<AppendManyResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(AppendManyRequest frame) {
      synchronized (FakeChannelServer.this) {
        frames.add(frame.getAppendsCount());
        frame.getAppendsList().forEach(this::take);
      }
    }

    private void take(AppendManyRequest.Numbered numbered) {
      AppendRequest request = numbered.getAppend();
      var answer = AppendManyResponse.Answer.newBuilder().setNumber(numbered.getNumber());
      appends.add(request);
      if (unavailable) {
        say(answer.setRefused(Refuse.because(Reason.REASON_UNAVAILABLE).build()));
      } else if (!owns(request.getFeed().getId())) {
        say(answer.setRefused(notOwner(request.getFeed().getId())));
      } else {
        Runnable run = () -> say(answer.setAppended(append(request, numbered.getTraceparent())));
        if (holding) {
          heldAppends.add(run);
        } else {
          run.run();
        }
      }
    }

    private void say(AppendManyResponse.Answer.Builder answer) {
      if (appenders.contains(this)) {
        out.onNext(AppendManyResponse.newBuilder().addAnswers(answer).build());
      }
    }

    @Override
    public void onError(Throwable fault) {
      synchronized (FakeChannelServer.this) {
        appenders.remove(this);
      }
    }

    /** What is held then is never answered. */
    @Override
    public void onCompleted() {
      synchronized (FakeChannelServer.this) {
        if (appenders.remove(this)) {
          out.onCompleted();
        }
      }
    }
  }

  /** One gateway's stream. */
  private final class Subscriber implements StreamObserver<SubscribeRequest> {

    private final StreamObserver<SubscribeResponse> out;
    private final Set<Long> channels = new HashSet<>();
    private final Set<Long> watched = new HashSet<>();
    private final Map<Long, Long> feeds = new HashMap<>();

    Subscriber(StreamObserver<SubscribeResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(SubscribeRequest request) {
      synchronized (FakeChannelServer.this) {
        switch (request.getRequestCase()) {
          case ADD -> add(request.getAdd());
          case VIEW -> versions.add(request.getView().getVersion());
          case WATCH_HEADS -> watch(request.getWatchHeads().getWorkspaceId());
          case UNWATCH_HEADS -> watched.remove(request.getUnwatchHeads().getWorkspaceId());
          case APPLIED -> applied(request.getApplied());
          default -> remove(request.getRemove().getFeed());
        }
      }
    }

    void tellView() {
      out.onNext(SubscribeResponse.newBuilder().setView(RingCodec.toMessage(view)).build());
    }

    void viewChanged() {
      tellView();
      for (long channel : List.copyOf(channels)) {
        if (!owns(channel)) {
          channels.remove(channel);
          refuse(channel);
        }
      }
      for (long workspace : List.copyOf(watched)) {
        if (!ownsWorkspace(workspace)) {
          watched.remove(workspace);
          refuseWatch(workspace);
        }
      }
      List.copyOf(feeds.keySet()).stream()
          .filter(workspace -> !ownsFeedOf(workspace))
          .forEach(this::refuseFeed);
    }

    private void watch(long workspace) {
      if (!ownsWorkspace(workspace)) {
        refuseWatch(workspace);
        return;
      }
      watched.add(workspace);
      WorkspaceHeads.Builder heads = WorkspaceHeads.newBuilder().setWorkspaceId(workspace);
      for (long channel : directory.channelsOf(workspace)) {
        heads.addHeadsBuilder().setChannelId(channel).setSeq(logs.of(channel).size());
      }
      out.onNext(SubscribeResponse.newBuilder().setHeads(heads).build());
    }

    private void refuseWatch(long workspace) {
      out.onNext(
          SubscribeResponse.newBuilder()
              .setWatchRefused(
                  SubscribeResponse.WatchRefused.newBuilder()
                      .setWorkspaceId(workspace)
                      .setReason("NOT_OWNER"))
              .build());
    }

    void moved(long workspace, Message message) {
      if (watched.contains(workspace)) {
        WorkspaceHeads.Builder heads = WorkspaceHeads.newBuilder().setWorkspaceId(workspace);
        heads.addHeadsBuilder().setChannelId(message.getChannelId()).setSeq(message.getSeq());
        out.onNext(SubscribeResponse.newBuilder().setHeads(heads).build());
      }
    }

    private void refuse(long channel) {
      refused.merge(channel, 1, Integer::sum);
      out.onNext(
          SubscribeResponse.newBuilder()
              .setRefused(
                  SubscribeResponse.SubscribeRefused.newBuilder()
                      .setFeed(feed(channel))
                      .setReason("NOT_OWNER"))
              .build());
    }

    private void remove(chat.starling.api.internal.v1.FeedId feed) {
      if (feed.getKind() == FeedKind.FEED_KIND_WORKSPACE) {
        feeds.remove(feed.getId());
        settle();
      } else {
        channels.remove(feed.getId());
      }
    }

    private void addWorkspace(SubscribeRequest.Add add) {
      long workspace = add.getFeed().getId();
      if (!ownsFeedOf(workspace)) {
        refuseFeed(workspace);
        return;
      }
      List<WorkspaceEvent> events = workspaces().events(workspace);
      long from = add.hasAfterSeq() ? add.getAfterSeq() : events.size();
      feeds.put(workspace, from);
      out.onNext(
          SubscribeResponse.newBuilder()
              .setAdded(
                  SubscribeResponse.Added.newBuilder()
                      .setFeed(add.getFeed())
                      .setLastSeq(events.size())
                      .setFromSeq(from))
              .build());
      events.forEach(this::changed);
    }

    private void refuseFeed(long workspace) {
      feeds.remove(workspace);
      out.onNext(
          SubscribeResponse.newBuilder()
              .setRefused(
                  SubscribeResponse.SubscribeRefused.newBuilder()
                      .setFeed(workspaceFeed(workspace))
                      .setReason("NOT_OWNER"))
              .build());
    }

    void changed(WorkspaceEvent event) {
      Long told = feeds.get(event.getWorkspaceId());
      if (told != null && event.getSeq() == told + 1) {
        feeds.put(event.getWorkspaceId(), event.getSeq());
        out.onNext(
            SubscribeResponse.newBuilder()
                .setEvent(
                    FeedEvent.newBuilder()
                        .setFeed(workspaceFeed(event.getWorkspaceId()))
                        .setSeq(event.getSeq())
                        .setWorkspaceEvent(event.toByteString()))
                .build());
      }
    }

    private void applied(SubscribeRequest.Applied said) {
      long workspace = said.getWorkspaceId();
      applied.merge(workspace, said.getSeq(), Math::max);
      settle();
      if (trusting && feeds.containsKey(workspace)) {
        out.onNext(
            SubscribeResponse.newBuilder()
                .setTrusted(
                    SubscribeResponse.Trusted.newBuilder()
                        .setWorkspaceId(workspace)
                        .setAskedAt(said.getAskedAt())
                        .setMillis(TRUST_MILLIS))
                .build());
      }
    }

    private void add(SubscribeRequest.Add add) {
      if (add.getFeed().getKind() == FeedKind.FEED_KIND_WORKSPACE) {
        addWorkspace(add);
        return;
      }
      long channel = add.getFeed().getId();
      if (!owns(channel)) {
        refuse(channel);
        return;
      }
      List<Message> log = logs.of(channel);
      long last = log.size();
      long from =
          add.hasAfterSeq() && last - add.getAfterSeq() <= REPLAYED ? add.getAfterSeq() : last;
      channels.add(channel);
      out.onNext(
          SubscribeResponse.newBuilder()
              .setAdded(
                  SubscribeResponse.Added.newBuilder()
                      .setFeed(add.getFeed())
                      .setLastSeq(last)
                      .setFromSeq(from))
              .build());
      log.subList((int) from, (int) last).forEach(message -> event(message, ""));
    }

    void event(Message message, String traceparent) {
      if (channels.contains(message.getChannelId())) {
        ServerFrame frame =
            ServerFrame.newBuilder()
                .setEvent(FakeChannelServer.event(message, traceparent))
                .build();
        out.onNext(
            SubscribeResponse.newBuilder()
                .setEvent(
                    FeedEvent.newBuilder()
                        .setFeed(feed(message.getChannelId()))
                        .setSeq(message.getSeq())
                        .setTraceparent(traceparent)
                        .setFrame(frame.toByteString()))
                .build());
      }
    }

    @Override
    public void onError(Throwable fault) {
      synchronized (FakeChannelServer.this) {
        subscribers.remove(this);
        settle();
      }
    }

    @Override
    public void onCompleted() {
      synchronized (FakeChannelServer.this) {
        if (subscribers.remove(this)) {
          settle();
          out.onCompleted();
        }
      }
    }
  }

  private final class CallCount implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
      calls.merge(call.getMethodDescriptor().getBareMethodName(), 1, Integer::sum);
      return next.startCall(call, headers);
    }
  }
}
