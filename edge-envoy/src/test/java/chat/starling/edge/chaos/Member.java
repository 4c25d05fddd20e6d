package chat.starling.edge.chaos;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.Users;
import chat.starling.client.protocol.Handover;
import chat.starling.client.protocol.Refusals;
import chat.starling.client.protocol.Session;
import chat.starling.client.protocol.Wire;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of very many who look at a channel: the reference client's session, but on a connection and a
 * thread that it shares with many others. All methods on that thread, except {@link #isReady}.
 */
final class Member implements Wire, Handover {

  private final Executor thread;
  private final Channel connection;
  private final String token;
  private final long channelId;
  private final Session session;
  private final List<Reason> told = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private @Nullable Stream stream;
  private long lastSeq;
  private long lostAt;
  private long outageNanos;
  private volatile boolean ready;

  /**
   * @param thread a single one
   * @param random uniform in [0, 1)
   */
  Member(
      Executor thread,
      Channel connection,
      String token,
      long channelId,
      java.util.function.DoubleSupplier random) {
    this.thread = thread;
    this.connection = connection;
    this.token = token;
    this.channelId = channelId;
    this.session = new Session(this, this, 1, false, random);
  }

  void start() {
    session.focus(Map.of(channelId, OptionalLong.of(0)), now());
    session.start(now());
  }

  void tick() {
    if (session.nextDeadline() <= now()) {
      session.tick(now());
    }
  }

  void stop() {
    session.stop(Refusals.unavailable("the test is over"));
  }

  /** Forgets what happened before. */
  void forget() {
    told.clear();
    outageNanos = 0;
  }

  boolean isReady() {
    return ready;
  }

  long channelId() {
    return channelId;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** Why it had no session, at the loss and after each attempt. */
  List<Reason> told() {
    return told;
  }

  /** From the first loss until it was back. */
  long outageNanos() {
    return outageNanos;
  }

  /** What must not happen. */
  List<String> surprises() {
    return surprises;
  }

  @Override
  public void open(int ref, Resume resume, boolean newToken) {
    Stream opened = new Stream();
    stream = opened;
    opened.out = SessionServiceGrpc.newStub(connection).connect(opened);
    Hello.Builder hello = Hello.newBuilder().setToken(token).setResume(resume);
    write(ClientFrame.newBuilder().setRef(ref).setHello(hello).build());
  }

  @Override
  public void write(ClientFrame frame) {
    Stream open = stream;
    if (open != null && open.out != null) {
      open.out.onNext(frame);
    }
  }

  @Override
  public void drop() {
    Stream dropped = stream;
    stream = null;
    if (dropped != null && dropped.out != null && !dropped.over) {
      dropped.out.onError(Status.CANCELLED.asException());
    }
  }

  @Override
  public void joined(Joined joined) {
    surprises.add("joined, though not asked for");
  }

  @Override
  public void bump(long channel, long head) {
    surprises.add("a bump, though not asked for");
  }

  @Override
  public void users(Users users) {
    surprises.add("users, though not asked for");
  }

  @Override
  public void connecting() {}

  @Override
  public void ready(Ready standing) {
    ready = true;
    outageNanos = told.isEmpty() ? 0 : System.nanoTime() - lostAt;
  }

  @Override
  public void waiting(long millis, Refusal cause) {
    ready = false;
    lostAt = told.isEmpty() ? System.nanoTime() : lostAt;
    told.add(cause.getReason());
  }

  @Override
  public void stopped(Refusal cause) {
    ready = false;
    surprises.add("told to stay away: " + cause.getReason().name());
  }

  @Override
  public void focused(long channel, long fromSeq, long last) {}

  @Override
  public void focusRefused(long channel, Refusal refusal) {
    surprises.add("focus refused: " + refusal.getReason().name());
  }

  @Override
  public void event(Event event, boolean echo) {
    if (event.getSeq() != lastSeq + 1) {
      surprises.add("after " + lastSeq + " came " + event.getSeq());
    }
    lastSeq = event.getSeq();
  }

  @Override
  public void reload(long channel, long fromSeq) {
    surprises.add("told to reload from " + fromSeq);
  }

  @Override
  public void sent(ByteString nonce, Sent sent) {}

  @Override
  public void sendFailed(ByteString nonce, Refusal refusal) {}

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private final class Stream implements StreamObserver<ServerFrame> {

    private @Nullable StreamObserver<ClientFrame> out;
    private boolean over;

    @Override
    public void onNext(ServerFrame frame) {
      act(() -> session.frame(frame, now()));
    }

    @Override
    public void onError(Throwable failure) {
      act(() -> {
        over = true;
        session.ended(Refusals.unavailable(Status.fromThrowable(failure).getCode().name()), now());
      });
    }

    @Override
    public void onCompleted() {
      act(() -> {
        over = true;
        session.ended(Refusals.unavailable("the server ended the stream"), now());
      });
    }

    private void act(Runnable step) {
      thread.execute(() -> {
        if (stream == this) {
          step.run();
        }
      });
    }
  }
}
