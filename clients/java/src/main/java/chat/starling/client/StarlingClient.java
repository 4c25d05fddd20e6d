package chat.starling.client;

import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Sent;
import chat.starling.client.protocol.Refusals;
import chat.starling.client.protocol.Session;
import com.google.protobuf.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * One device's connection to Starling: stays connected, shows the channels in focus, sends
 * messages.
 *
 * <p>All methods may be called from any thread and none blocks, except {@link #close}. What they
 * bring about comes to the {@link ClientListener}.
 */
public final class StarlingClient implements AutoCloseable {
  /** The most channels that may be in focus. */
  public static final int FOCUS_LIMIT = 200;

  private static final long CLOSE_MILLIS = 3_000;

  private final Loop loop;
  private final Transport transport;
  private final Session session;
  private final ListenerHandover handover;
  private final Sends sends = new Sends();
  private final Tracing tracing;
  private final UnaryCalls calls;
  private final boolean users;
  private final AtomicBoolean closed = new AtomicBoolean();

  StarlingClient(StarlingClientBuilder options) {
    Tokens tokens = new Tokens(options.tokens());
    loop = new Loop(options.executor());
    transport = new Transport(options::newChannel);
    tracing = new Tracing(options.openTelemetry());
    handover = new ListenerHandover(options.listener(), sends, tracing);
    calls = new UnaryCalls(loop, transport, tokens);
    users = options.users();
    Link link = new Link(transport, tokens, hello(options), this::step);
    session =
        new Session(
            link, handover, options.outboxBound(), options.push(), new Random()::nextDouble);
  }

  private static Hello hello(StarlingClientBuilder options) {
    Hello.Builder hello =
        Hello.newBuilder()
            .setDevice(options.device())
            .setBumps(options.bumps() || options.push())
            .setPush(options.push())
            .setUsers(options.users());
    java.time.Duration interval = options.heartbeatInterval();
    if (interval != null) {
      hello.setHeartbeatInterval(duration(interval));
    }
    java.time.Duration tick = options.eventTick();
    if (tick != null) {
      hello.setEventTick(duration(tick));
    }
    return hello.build();
  }

  private static Duration duration(java.time.Duration time) {
    return Duration.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()).build();
  }

  /** A builder; target, tokens and device have no default. */
  public static StarlingClientBuilder builder() {
    return new StarlingClientBuilder();
  }

  /**
   * Connects and from then on stays connected. Also the way on after {@link
   * ConnectionState#STOPPED}.
   */
  public void start() {
    step(Session::start);
  }

  /**
   * Makes these channels, at most {@link #FOCUS_LIMIT}, the focus: their messages are handed over
   * from now on. A channel that is in focus already goes on from where it is.
   */
  public void focus(Set<Long> channelIds) {
    Map<Long, OptionalLong> wanted = new HashMap<>();
    channelIds.forEach(id -> wanted.put(id, OptionalLong.empty()));
    focusOn(wanted);
  }

  /**
   * Makes this channel the focus, from the message after {@code afterSeq} on; 0 for all of them.
   */
  public void focus(long channelId, long afterSeq) {
    focusAfter(Map.of(channelId, afterSeq));
  }

  /**
   * Makes these channels, at most {@link #FOCUS_LIMIT}, the focus, each from the message after the
   * given seq on. A channel that is in focus already goes on from where it is.
   */
  public void focusAfter(Map<Long, Long> seqByChannelId) {
    Map<Long, OptionalLong> wanted = new HashMap<>();
    seqByChannelId.forEach((id, seq) -> wanted.put(id, OptionalLong.of(seq)));
    focusOn(wanted);
  }

  /**
   * Sends a message, now or as soon as there is a connection; messages for one channel keep their
   * order.
   *
   * @return completes once the message is durable, or fails with {@link RefusedException}; on the
   *     client's thread, so what is chained to it must not block
   */
  public CompletableFuture<Sent> send(long channelId, String text) {
    CompletableFuture<Sent> result = new CompletableFuture<>();
    PendingMessage message = new PendingMessage(channelId, Nonces.next(), text);
    Sends.Waiting waiting = new Sends.Waiting(message, result, tracing.startSend(channelId));
    if (!loop.execute(() -> enqueue(waiting))) {
      waiting.fail(Refusals.unavailable("The client is closed."));
    }
    return result;
  }

  /** Founds, enters and leaves workspaces. */
  public WorkspaceCalls workspaces() {
    return new WorkspaceCalls(calls);
  }

  /** Makes, changes, gives and takes roles. */
  public RoleCalls roles() {
    return new RoleCalls(calls);
  }

  /** Finds members and acts on them. */
  public MemberCalls members() {
    return new MemberCalls(calls);
  }

  /** Makes, lists, revokes and accepts invitations. */
  public InvitationCalls invitations() {
    return new InvitationCalls(calls);
  }

  /** Deletes and reports messages, and settles reports. */
  public ModerationCalls moderation() {
    return new ModerationCalls(calls);
  }

  /** Reads what was done in a workspace. */
  public AuditCalls audit() {
    return new AuditCalls(calls);
  }

  /** Creates, finds, lists, joins, changes and leaves channels. */
  public ChannelCalls channels() {
    return new ChannelCalls(calls);
  }

  /** Lists, sets and removes what channels allow and deny. */
  public OverrideCalls overrides() {
    return new OverrideCalls(calls);
  }

  /** Users and channels by their ids, or by the beginning of their names. */
  public LookupCalls lookup() {
    return new LookupCalls(calls);
  }

  /** Reads old messages. */
  public HistoryCalls history() {
    return new HistoryCalls(calls, users);
  }

  /** How the client stands with the server now. */
  public ConnectionState state() {
    return handover.state();
  }

  /** Drops the connection hard, as a lost network does; the client then reconnects as usual. */
  public void disconnect() {
    step((running, now) -> {
      transport.cut();
      running.disconnect(now);
    });
  }

  /**
   * Ends the connection for good; unacked messages fail. Returns when the client's own threads and
   * connections are gone, except when called by a listener, whose thread then ends after its
   * callback.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (loop.isCurrent()) {
      stop();
      loop.shutdown();
      return;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    loop.execute(() -> {
      stop();
      stopped.countDown();
    });
    try {
      boolean inTime = stopped.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      loop.shutdown();
      loop.await(CLOSE_MILLIS);
      if (inTime) {
        transport.await(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      loop.shutdown();
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    session.stop(Refusals.unavailable("The client was closed."));
    loop.disarm();
    transport.close();
    handover.offline();
  }

  private void focusOn(Map<Long, OptionalLong> wanted) {
    if (wanted.size() > FOCUS_LIMIT) {
      throw new IllegalArgumentException(
          "focus: " + wanted.size() + " channels (expected: at most " + FOCUS_LIMIT + ")");
    }
    step((running, now) -> running.focus(wanted, now));
  }

  private void enqueue(Sends.Waiting waiting) {
    PendingMessage message = waiting.message;
    Texts.fault(message.text())
        .ifPresentOrElse(
            waiting::fail,
            () -> {
              sends.add(waiting);
              handover.pending(message);
              String traceparent = Tracing.traceparent(waiting.span);
              session
                  .send(
                      message.channelId(),
                      message.nonce(),
                      message.text(),
                      traceparent,
                      MonotonicTime.millis())
                  .ifPresent(refusal -> handover.sendFailed(message.nonce(), refusal));
              rearm();
            });
  }

  /**
   * Runs a step of the session on the client's thread and sets the timer for what it leaves to do.
   */
  private void step(BiConsumer<Session, Long> action) {
    loop.execute(() -> {
      if (!closed.get()) {
        action.accept(session, MonotonicTime.millis());
        rearm();
      }
    });
  }

  private void rearm() {
    long deadline = session.nextDeadline();
    if (deadline != Long.MAX_VALUE && !closed.get()) {
      loop.arm(deadline, () -> step(Session::tick));
    }
  }
}
