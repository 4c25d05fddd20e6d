package chat.starling.gateway.runtime;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Resume;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.session.Closes;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.session.FrameReader;
import chat.starling.gateway.session.Session;
import chat.starling.gateway.signin.Identity;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session with a connection: carries out what its {@link Session} wants, on one event loop. All
 * methods except {@link #stop}, {@link #depart}, {@link #surrender}, {@link #submit} and {@link
 * #pendingBytes} are called on that loop.
 */
public final class LiveSession {

  private static final int CHECKS_PER_INTERVAL = 4;
  private static final Duration NO_ROOM_WAIT = Duration.ofSeconds(5);

  private final SessionParts parts;
  private final EventLoop loop;
  private final Connection connection;
  private final Session session;
  private final Outgoing outgoing;
  private @Nullable Errands errands;
  private @Nullable KnownClient client;
  private @Nullable ScheduledFuture<?> pulse;
  private @Nullable Arrival arrival;
  private boolean gone;

  /** A session for a connection that has just been made. */
  public LiveSession(SessionParts parts, EventLoop loop, Connection connection) {
    this.parts = parts;
    this.loop = loop;
    this.connection = connection;
    this.session = new Session(parts.limits(), parts.rates(), parts.clock().nanos());
    this.outgoing =
        new Outgoing(
            parts,
            parts.relays().of(loop).ticker(),
            connection,
            session,
            () -> end(Closes.tooSlow()));
  }

  /** Begins; a session for which there is no room ends at once. */
  public void start() {
    if (!parts.sessions().admit(this)) {
      int most = parts.sessions().maxSessions();
      end(Closes.overloaded("this gateway holds all the " + most + " sessions", NO_ROOM_WAIT));
    } else if (parts.sessions().isStopping()) { // asked after it is known, so that none slips by
      perform(session.end(Closes.stopping()));
    } else {
      pulseEvery(session.heartbeatInterval());
    }
  }

  /** Takes one frame's bytes. */
  public void take(ByteString bytes) {
    switch (FrameReader.read(bytes)) {
      case FrameReader.Whole whole -> take(whole.frame());
      case FrameReader.Broken no ->
          perform(session.unreadable(no.ref(), no.refusal(), parts.clock().nanos()));
    }
  }

  /** Takes one frame. */
  public void take(ClientFrame frame) {
    perform(session.frame(frame, parts.clock().nanos()));
  }

  /** Takes frames that came beside the stream; false when too much is in flight already. */
  public CompletableFuture<Boolean> submit(List<ClientFrame> frames) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    loop.execute(() -> {
      boolean room = session.isOpen() && session.accepting();
      if (room) {
        frames.forEach(this::take);
      }
      taken.complete(room);
    });
    return taken;
  }

  /** The next frame may be taken. */
  public boolean accepting() {
    return session.accepting();
  }

  /** Bytes that wait for the client; nearly, when asked elsewhere than on the loop. */
  long pendingBytes() {
    return connection.pendingBytes();
  }

  /** The client says no more, but still listens. */
  public void halfClose() {
    perform(session.halfClose());
  }

  /** Ends the session from our side. */
  public void end(Close close) {
    perform(session.end(close));
  }

  /** The connection is gone, however it went. */
  public void gone() {
    if (!gone) {
      gone = true;
      session.end(Closes.stopping()); // so that late answers go nowhere
      cancelPulse();
      arrived();
      parts.sessions().release(this);
      if (client != null) {
        parts.sessions().park(client.leave(), this);
      }
    }
  }

  /** Ends the session because the gateway stops. */
  void stop() {
    loop.execute(() -> end(Closes.stopping()));
  }

  /**
   * Ends the session after this time, once what it has taken by then is answered.
   *
   * @param grace how long the answers may take
   */
  void depart(Duration after, Duration grace) {
    var _ =
        loop.schedule(
            () -> {
              perform(session.depart());
              if (!session.isEnded()) {
                var _ = loop.schedule(this::stop, grace.toNanos(), TimeUnit.NANOSECONDS);
              }
            },
            after.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Gives the session up to a newer connection of the same user. */
  CompletableFuture<Optional<Dormant>> surrender(long userId) {
    CompletableFuture<Optional<Dormant>> given = new CompletableFuture<>();
    loop.execute(() -> {
      if (client == null || !client.is(userId)) {
        given.complete(Optional.empty());
        return;
      }
      Optional<Dormant> left = detach();
      perform(session.end(Closes.replaced()));
      given.complete(left);
    });
    return given;
  }

  private void pulse() {
    long now = parts.clock().nanos();
    perform(session.time(now));
    if (!session.isEnded()) {
      outgoing.pulse(now);
    }
    if (!session.isEnded() && client != null) {
      client.pulse(now);
    }
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
    if (session.accepting()) {
      connection.readOn();
    }
  }

  /** Most sessions never have any. */
  private Errands errands() {
    Errands known = errands;
    if (known == null) {
      known = new Errands(parts, loop, session, this::perform);
      errands = known;
    }
    return known;
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Say say -> outgoing.answer(say.frame());
      case Effect.Pace pace -> outgoing.pace(pace.tick());
      case Effect.SignIn signIn -> arrive(signIn);
      case Effect.Open open -> open(open);
      case Effect.Focus focus -> client().focus(focus);
      case Effect.Append append -> errands().append(client().identity(), append);
      case Effect.ReadPage page -> errands().readPage(client(), page);
      case Effect.End end -> {
        outgoing.end(end.close());
        gone();
      }
      case Effect.Finish _ -> {
        outgoing.finish();
        gone();
      }
    }
  }

  private void arrive(Effect.SignIn signIn) {
    Arrival client = new Arrival(loop, () -> enter(signIn.token()), this::end);
    arrival = client;
    parts.admissions().ask(client, signIn.comesBack());
  }

  private void enter(String token) {
    if (!gone) {
      signIn(token);
    }
  }

  /** Somebody else may come in for this client, which is in, or will not be. */
  private void arrived() {
    if (arrival != null) {
      parts.admissions().over(arrival);
      arrival = null;
    }
  }

  private void signIn(String token) {
    var _ =
        CompletableFuture.supplyAsync(() -> parts.signIn().check(token), parts.blocking())
            .whenComplete((who, fault) -> loop.execute(() -> signedIn(who, fault)));
  }

  private void signedIn(@Nullable Identity who, @Nullable Throwable fault) {
    if (who == null) {
      perform(session.signInRefused(Faults.refusal(Objects.requireNonNull(fault))));
      return;
    }
    client = new KnownClient(parts, loop, who, outgoing);
    Duration validFor = Duration.between(parts.wall().instant(), who.expiresAt());
    perform(session.signedIn(who.author(), validFor, parts.clock().nanos()));
  }

  private void open(Effect.Open open) {
    Resume resume = open.resume();
    if (resume.getSessionToken().isEmpty()) {
      opened(open, null);
      return;
    }
    var _ =
        parts
            .sessions()
            .claim(resume.getSessionToken(), client().identity().userId())
            .whenComplete((found, fault) ->
                loop.execute(() -> claimed(open, fault == null ? found : Optional.empty())));
  }

  private void claimed(Effect.Open open, Optional<Dormant> earlier) {
    if (earlier.isEmpty()) {
      opened(open, null);
      return;
    }
    var _ =
        Replay.of(
                parts.permits(),
                client().identity(),
                earlier.get(),
                open.resume().getEventsReceived())
            .thenAcceptAsync(replay -> opened(open, replay), loop);
  }

  private void opened(Effect.Open open, @Nullable Replay replay) {
    Resume resume = open.resume();
    if (gone) {
      if (replay != null) {
        parts.sessions().park(replay.earlier());
      }
      return;
    }
    Optional<List<Parcel>> missed = replay == null ? Optional.empty() : replay.missed();
    arrived();
    boolean resumed = missed.isPresent();
    String token = resumed ? resume.getSessionToken() : parts.sessions().newToken();
    client().attach(token);
    parts.sessions().attach(token, this);
    perform(session.opened(token, client().identity().workspaces(), resumed, serverTime()));
    pulseEvery(session.heartbeatInterval());
    parts.edge().arrived(client().identity());
    if (open.users()) {
      client().introduceAuthors();
    }
    if (replay != null && resumed) {
      parts.metrics().resumed();
      client().goOn(replay, missed.orElseThrow(), open.push());
    }
    if (open.bumps() && !gone) {
      client().hearBumps(parts, loop, open.push());
    }
  }

  /** Takes the session's state out of it; empty when there is none or it was taken already. */
  private Optional<Dormant> detach() {
    if (client == null) {
      return Optional.empty();
    }
    Dormant left = client.leave();
    return parts.sessions().detach(left.sessionToken(), this)
        ? Optional.of(left)
        : Optional.empty();
  }

  private void pulseEvery(Duration interval) {
    cancelPulse();
    if (gone) {
      return;
    }
    long period = interval.toNanos() / CHECKS_PER_INTERVAL;
    pulse = loop.scheduleAtFixedRate(this::pulse, period, period, TimeUnit.NANOSECONDS);
  }

  private void cancelPulse() {
    if (pulse != null) {
      pulse.cancel(false);
    }
  }

  private KnownClient client() {
    return Objects.requireNonNull(client, "a session knows its client once it is signed in");
  }

  private Timestamp serverTime() {
    Instant now = parts.wall().instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}
