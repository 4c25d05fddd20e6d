package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedServiceGrpc;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A channel server in memory that keeps the promises of feed.proto. One thread does everything, in
 * order; faults are switched on by tests.
 */
public final class FakeChannelServer extends FeedServiceGrpc.FeedServiceImplBase
    implements AutoCloseable {

  private static final int REPLAYED = 3;
  private static final Context.Key<String> TRACEPARENT = Context.key("traceparent");
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  private final Map<Long, List<Message>> logs = new HashMap<>();
  private final Set<Subscriber> subscribers = new HashSet<>();
  private final List<Runnable> heldAppends = new ArrayList<>();
  private final List<String> traceparents = new ArrayList<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final FakeDirectory directory = new FakeDirectory();
  private final Server server;
  private boolean holding;
  private boolean unavailable;

  public FakeChannelServer() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(thread)
            .addService(this)
            .addService(directory)
            .intercept(new Headers())
            .build()
            .start();
  }

  public int port() {
    return server.getPort();
  }

  public FakeDirectory directory() {
    return directory;
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
  public synchronized void append(AppendRequest request, StreamObserver<AppendResponse> answer) {
    String traceparent = TRACEPARENT.get();
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    Runnable run = () -> answer(answer, append(request, traceparent == null ? "" : traceparent));
    if (holding) {
      heldAppends.add(run);
    } else {
      run.run();
    }
  }

  private AppendResponse append(AppendRequest request, String traceparent) {
    long channel = request.getFeed().getId();
    traceparents.add(traceparent);
    List<Message> log = log(channel);
    for (Message known : log) {
      if (!request.getNonce().isEmpty() && known.getNonce().equals(request.getNonce())) {
        return ack(known).setDuplicate(true).build();
      }
    }
    Message message =
        Message.newBuilder()
            .setChannelId(channel)
            .setSeq(log.size() + 1)
            .setMessageId(1000 + log.size() + 1)
            .setAuthor(request.getAuthor())
            .setNonce(request.getNonce())
            .setText(request.getText())
            .build();
    log.add(message);
    List.copyOf(subscribers).forEach(s -> s.event(message, traceparent));
    return ack(message).build();
  }

  @Override
  public synchronized StreamObserver<SubscribeRequest> subscribe(
      StreamObserver<SubscribeResponse> out) {
    Subscriber subscriber = new Subscriber(out);
    subscribers.add(subscriber);
    return subscriber;
  }

  @Override
  public synchronized void readEvents(
      ReadEventsRequest request, StreamObserver<ReadEventsResponse> answer) {
    List<Message> log = log(request.getFeed().getId());
    long after = request.getAfterSeq();
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
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
    List<Message> all = log(request.getChannelId());
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

  private List<Message> log(long channel) {
    return logs.computeIfAbsent(channel, id -> new ArrayList<>());
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

  static <T> void answer(StreamObserver<T> to, T what) {
    to.onNext(what);
    to.onCompleted();
  }

  /** One gateway's stream. */
  private final class Subscriber implements StreamObserver<SubscribeRequest> {

    private final StreamObserver<SubscribeResponse> out;
    private final Set<Long> channels = new HashSet<>();

    Subscriber(StreamObserver<SubscribeResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(SubscribeRequest request) {
      synchronized (FakeChannelServer.this) {
        if (request.hasAdd()) {
          add(request.getAdd());
        } else {
          channels.remove(request.getRemove().getFeed().getId());
        }
      }
    }

    private void add(SubscribeRequest.Add add) {
      long channel = add.getFeed().getId();
      List<Message> log = log(channel);
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
      onCompleted();
    }

    @Override
    public void onCompleted() {
      synchronized (FakeChannelServer.this) {
        subscribers.remove(this);
      }
    }
  }

  private static final class Headers implements ServerInterceptor {
    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
      String traceparent = headers.get(HEADER);
      Context context =
          Context.current().withValue(TRACEPARENT, traceparent == null ? "" : traceparent);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
