package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/**
 * One client's session over all its connections: connects, resumes, keeps alive, reconnects by the
 * server's rules, and hands frames on to the focus and the outbox.
 *
 * <p>Used by one thread at a time. Every {@code now} is milliseconds of the same monotonic clock.
 * After each call the caller sees to it that {@link #tick} is called no later than {@link
 * #nextDeadline}.
 */
public final class Session {
  private enum Phase {
    IDLE,
    CONNECTING,
    READY,
    WAITING
  }

  private final Wire wire;
  private final Handover handover;
  private final Reconnect reconnect;
  private final FocusSet focus;
  private final Outbox outbox;

  private Phase phase = Phase.IDLE;
  private long phaseDeadline = Long.MAX_VALUE;
  private long readySince;
  private Pulse pulse = new Pulse(0, 0);
  private boolean newToken;
  private String sessionToken = "";
  private long eventsReceived;
  private int lastRef;
  private long writeTime;

  /**
   * @param outboxBound the most unacked messages held at a time
   * @param push the Hello asks for what is said in small channels that are not in focus
   * @param random uniform in [0, 1), for jitter
   */
  public Session(
      Wire wire, Handover handover, int outboxBound, boolean push, DoubleSupplier random) {
    this.wire = wire;
    this.handover = handover;
    this.reconnect = new Reconnect(random);
    Backoff retries = new Backoff(Timing.FIRST_DELAY_MILLIS, Timing.LONGEST_DELAY_MILLIS, random);
    this.focus = new FocusSet(handover, this::handOver, retries, push);
    this.outbox = new Outbox(outboxBound, handover, retries);
  }

  /** Connects, unless it is doing so; also the way on after {@link Handover#stopped}. */
  public void start(long now) {
    if (phase == Phase.IDLE) {
      reconnect.reset();
      connect(now);
    }
  }

  /** Ends the session for good or until the next start; what waits in the outbox fails. */
  public void stop(Refusal why) {
    endConnection(Phase.IDLE, Long.MAX_VALUE);
    outbox.failAll(why);
  }

  /** Drops the connection as if the network had, and goes on as after any such loss. */
  public void disconnect(long now) {
    if (phase == Phase.CONNECTING || phase == Phase.READY) {
      ended(Refusals.unavailable("The connection was dropped on request."), now);
    }
  }

  /**
   * Makes these channels the focus; those that are in it already keep their place.
   *
   * @param wanted channel ids, each with the last seq held, or empty for live events only
   */
  public void focus(Map<Long, OptionalLong> wanted, long now) {
    focus.replace(wanted);
    tick(now);
  }

  /** Takes a message to send, or says why not. */
  public Optional<Refusal> send(
      long channelId, ByteString nonce, String text, String traceparent, long now) {
    if (phase == Phase.IDLE) {
      return Optional.of(Refusals.unavailable("The client is not started."));
    }
    Optional<Refusal> refusal = outbox.add(new Outgoing(channelId, nonce, text, traceparent));
    tick(now);
    return refusal;
  }

  /** Takes the next frame of the open stream. */
  public void frame(ServerFrame frame, long now) {
    pulse.read(now);
    if (frame.getFrameCase() == ServerFrame.FrameCase.CLOSE) {
      lost(frame.getClose(), now);
    } else if (phase == Phase.READY) {
      readyFrame(frame, now);
    } else if (phase == Phase.CONNECTING && frame.hasReady()) {
      ready(frame.getReady(), now);
    }
  }

  /** The open stream has ended, or could not be opened, without a Close. */
  public void ended(Refusal why, long now) {
    if (phase == Phase.CONNECTING || phase == Phase.READY) {
      lost(Refusals.closeFor(why), now);
    }
  }

  /** Does what is due. */
  public void tick(long now) {
    outbox.expire(now);
    if (phase == Phase.READY) {
      tickReady(now);
    } else if (phase == Phase.WAITING && phaseDeadline <= now) {
      connect(now);
    } else if (phase == Phase.CONNECTING && phaseDeadline <= now) {
      ended(Refusals.unavailable("The server did not answer the Hello in time."), now);
    }
  }

  /** When {@link #tick} has something to do. */
  public long nextDeadline() {
    boolean ready = phase == Phase.READY;
    long next = Math.min(phaseDeadline, outbox.nextDeadline(ready));
    if (ready) {
      next = Math.min(next, Math.min(pulse.nextBeat(), pulse.deadAt()));
      next = Math.min(next, focus.nextDeadline());
    }
    return next;
  }

  private void connect(long now) {
    phase = Phase.CONNECTING;
    phaseDeadline = now + Timing.HANDSHAKE_MILLIS;
    List<Cursor> cursors = focus.cursors();
    Resume resume =
        Resume.newBuilder()
            .setSessionToken(sessionToken)
            .setEventsReceived(eventsReceived)
            .addAllCursors(cursors)
            .build();
    int ref = nextRef();
    focus.helloSent(ref, cursors);
    handover.connecting();
    wire.open(ref, resume, newToken);
  }

  private void ready(Ready ready, long now) {
    phase = Phase.READY;
    phaseDeadline = Long.MAX_VALUE;
    readySince = now;
    newToken = false;
    pulse = new Pulse(Refusals.millis(ready.getHeartbeatInterval()), now);
    sessionToken = ready.getSessionToken();
    if (!ready.getResumed()) {
      eventsReceived = 0;
    }
    handover.ready(ready);
    writeTime = now;
    focus.ready(ready.getResumed(), this::write, now);
    outbox.pump(this::write, now);
  }

  private void readyFrame(ServerFrame frame, long now) {
    writeTime = now;
    switch (frame.getFrameCase()) {
      case EVENT:
        eventsReceived++;
        focus.event(frame.getEvent(), this::write, now);
        break;
      case SENT:
        outbox.sent(frame.getSent());
        outbox.pump(this::write, now);
        break;
      case FOCUSED:
        focus.focused(frame.getRef(), frame.getFocused(), this::write, now);
        break;
      case BACKFILL_PAGE:
        focus.page(frame.getRef(), frame.getBackfillPage(), this::write, now);
        break;
      case JOINED:
        handover.joined(frame.getJoined());
        break;
      case BUMPS:
        frame
            .getBumps()
            .getBumpsList()
            .forEach(bump -> {
              focus.bumped(bump.getChannelId());
              handover.bump(bump.getChannelId(), bump.getLastSeq());
            });
        break;
      case MARKS:
        frame
            .getMarks()
            .getMarksList()
            .forEach(mark -> focus.mark(mark.getChannelId(), mark.getLastSeq(), this::write, now));
        break;
      case USERS:
        handover.users(frame.getUsers());
        break;
      case REMOVED:
        focus.removed(frame.getRemoved().getChannelId());
        break;
      case REFUSAL:
        refused(frame.getRef(), frame.getRefusal(), now);
        break;
      default:
        break;
    }
  }

  private void refused(int ref, Refusal refusal, long now) {
    if (!outbox.refused(ref, refusal, now)) {
      focus.refused(ref, refusal, now);
    }
    tick(now);
  }

  private void tickReady(long now) {
    if (pulse.deadAt() <= now) {
      ended(Refusals.unavailable("The server has fallen silent."), now);
      return;
    }
    writeTime = now;
    focus.tick(this::write, now);
    outbox.pump(this::write, now);
    if (pulse.nextBeat() <= now) {
      write(ClientFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    }
  }

  private void handOver(Event event) {
    boolean echo = event.hasMessagePosted() && outbox.echo(event.getMessagePosted());
    handover.event(event, echo);
  }

  private void lost(Close close, long now) {
    if (phase == Phase.READY && now - readySince >= Timing.STABLE_MILLIS) {
      reconnect.reset();
    }
    Refusal cause = close.hasRefusal() ? close.getRefusal() : Refusals.closed(close);
    newToken |= close.getReconnect() == ReconnectRule.RECONNECT_RULE_NEW_TOKEN;
    if (close.getReconnect() == ReconnectRule.RECONNECT_RULE_NEVER) {
      stop(cause);
      handover.stopped(cause);
      return;
    }
    long delay = reconnect.delay(close);
    endConnection(Phase.WAITING, now + delay);
    handover.waiting(delay, cause);
  }

  private void endConnection(Phase next, long deadline) {
    phase = next;
    phaseDeadline = deadline;
    wire.drop();
    outbox.disconnected();
  }

  private int write(ClientFrame.Builder frame) {
    int ref = nextRef();
    wire.write(frame.setRef(ref).build());
    pulse.wrote(writeTime);
    return ref;
  }

  private int nextRef() {
    lastRef = lastRef == Integer.MAX_VALUE ? 1 : lastRef + 1;
    return lastRef;
  }
}
