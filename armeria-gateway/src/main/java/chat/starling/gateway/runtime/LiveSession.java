package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.ReplayRing;
import chat.starling.gateway.session.Closes;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.session.FrameReader;
import chat.starling.gateway.session.Session;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
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
 * methods except {@link #stop}, {@link #surrender} and {@link #submit} are called on that loop.
 */
public final class LiveSession implements Views.Outlet {

  private static final int CHECKS_PER_INTERVAL = 4;
  private static final int MAX_PAGE_BYTES = 1 << 20;

  private final SessionParts parts;
  private final EventLoop loop;
  private final Connection connection;
  private final Session session;
  private final Sending sending;
  private ReplayRing sent;
  private String sessionToken = "";
  private @Nullable Identity identity;
  private @Nullable Views views;
  private @Nullable ScheduledFuture<?> pulse;
  private boolean gone;

  /** A session for a connection that has just been made. */
  public LiveSession(SessionParts parts, EventLoop loop, Connection connection) {
    this.parts = parts;
    this.loop = loop;
    this.connection = connection;
    this.session = new Session(parts.limits(), parts.clock().nanos());
    this.sending = new Sending(parts);
    this.sent = new ReplayRing(parts.replayEvents());
  }

  /** Begins; a session for which there is no room ends at once. */
  public void start() {
    if (parts.sessions().isStopping()) {
      perform(session.end(Closes.stopping()));
    } else if (!parts.sessions().admit(this)) {
      perform(session.end(Closes.overloaded(parts.sessions().maxSessions())));
    } else {
      long period = parts.limits().heartbeatInterval().toNanos() / CHECKS_PER_INTERVAL;
      pulse = loop.scheduleAtFixedRate(this::pulse, period, period, TimeUnit.NANOSECONDS);
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
      parts.sessions().release(this);
      detach().ifPresent(parts.sessions()::park);
    }
  }

  /** Ends the session because the gateway stops. */
  void stop() {
    loop.execute(() -> end(Closes.stopping()));
  }

  /** Gives the session up to a newer connection of the same user. */
  CompletableFuture<Optional<Dormant>> surrender(long userId) {
    CompletableFuture<Optional<Dormant>> given = new CompletableFuture<>();
    loop.execute(() -> {
      Identity mine = identity;
      if (mine == null || mine.userId() != userId) {
        given.complete(Optional.empty());
        return;
      }
      Optional<Dormant> left = detach();
      perform(session.end(Closes.replaced()));
      given.complete(left);
    });
    return given;
  }

  @Override
  public void deliver(Parcel parcel) {
    sent.add(parcel);
    write(parcel.wire());
  }

  @Override
  public void say(int ref, ServerFrame.Builder frame) {
    say(frame.setRef(ref).build());
  }

  @Override
  public void whenRoom(Runnable task) {
    if (connection.pendingBytes() <= parts.maxPendingBytes() / 2) {
      task.run();
    } else {
      connection.whenDrained(() -> whenRoom(task));
    }
  }

  private void say(ServerFrame frame) {
    if (frame.hasRefusal()) {
      parts.metrics().refused(frame.getRefusal().getReason());
    }
    write(Parcel.wire(frame.toByteString()));
  }

  private void write(byte[] wire) {
    if (session.isEnded()) {
      return;
    }
    connection.write(wire);
    if (connection.pendingBytes() > parts.maxPendingBytes()) {
      end(Closes.tooSlow());
    }
  }

  private void pulse() {
    perform(session.time(parts.clock().nanos()));
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
    if (session.accepting()) {
      connection.readOn();
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Say say -> sayNow(say.frame());
      case Effect.SignIn signIn -> signIn(signIn.token());
      case Effect.Open open -> open(open.resume());
      case Effect.Focus focus -> views().focus(focus.ref(), focus.wishes());
      case Effect.Append append -> append(append);
      case Effect.ReadPage page -> readPage(page);
      case Effect.End end -> endNow(end.close());
      case Effect.Finish finish -> finishNow();
    }
  }

  /** The last words of a session are said although it has ended. */
  private void sayNow(ServerFrame frame) {
    if (frame.hasRefusal()) {
      parts.metrics().refused(frame.getRefusal().getReason());
    }
    connection.write(Parcel.wire(frame.toByteString()));
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
    identity = who;
    views = new Views(parts, loop, who, this);
    Duration validFor = Duration.between(parts.wall().instant(), who.expiresAt());
    perform(session.signedIn(who.author(), validFor, parts.clock().nanos()));
  }

  private void open(Resume resume) {
    if (resume.getSessionToken().isEmpty()) {
      opened(resume, Optional.empty());
      return;
    }
    var _ =
        parts
            .sessions()
            .claim(resume.getSessionToken(), who().userId())
            .whenComplete((found, fault) ->
                loop.execute(() -> opened(resume, fault == null ? found : Optional.empty())));
  }

  private void opened(Resume resume, Optional<Dormant> earlier) {
    Optional<List<Parcel>> missed =
        earlier.flatMap(dormant -> dormant.sent().after(resume.getEventsReceived()));
    if (gone) {
      earlier.ifPresent(parts.sessions()::park);
      return;
    }
    boolean resumed = missed.isPresent();
    sessionToken = resumed ? resume.getSessionToken() : parts.sessions().newToken();
    parts.sessions().attach(sessionToken, this);
    perform(session.opened(sessionToken, who().workspaces(), resumed, serverTime()));
    if (resumed) {
      goOn(earlier.orElseThrow(), missed.orElseThrow());
    }
  }

  private void goOn(Dormant earlier, List<Parcel> missed) {
    parts.metrics().resumed();
    sent = earlier.sent();
    missed.forEach(parcel -> write(parcel.wire()));
    earlier.seats().forEach(seat -> views().restore(0, seat));
  }

  private void append(Effect.Append append) {
    Send send = append.send();
    var _ =
        sending
            .append(who(), append)
            .whenComplete((done, fault) -> loop.execute(() -> appended(send, done, fault)));
  }

  private void appended(Send send, @Nullable AppendResponse done, @Nullable Throwable fault) {
    long channelId = send.getChannelId();
    if (done == null) {
      Refusal refusal = Faults.refusal(Objects.requireNonNull(fault));
      perform(session.sendRefused(channelId, refusal));
      return;
    }
    parts.metrics().sent();
    Sent answer =
        Sent.newBuilder()
            .setChannelId(channelId)
            .setNonce(send.getNonce())
            .setSeq(done.getSeq())
            .setMessageId(done.getMessageId())
            .setCreatedAt(done.getCreatedAt())
            .build();
    perform(session.sent(channelId, answer));
  }

  private void readPage(Effect.ReadPage page) {
    long channelId = page.backfill().getChannelId();
    var _ =
        parts
            .memberships()
            .check(who(), channelId)
            .thenCompose(yes ->
                parts.pages().read(channelId, page.backfill().getAfterSeq(), page.pageSize()))
            .thenApply(response -> page(channelId, response))
            .whenComplete((answer, fault) ->
                loop.execute(() ->
                    perform(
                        session.answered(
                            page.ref(),
                            answer != null
                                ? ServerFrame.newBuilder().setBackfillPage(answer)
                                : ServerFrame.newBuilder()
                                    .setRefusal(
                                        Refuse.within(
                                            "backfill",
                                            Faults.refusal(Objects.requireNonNull(fault))))))));
  }

  /** A page no larger than a client takes; what is left out it asks for again. */
  private static BackfillPage page(long channelId, ReadEventsResponse response) {
    BackfillPage.Builder page =
        BackfillPage.newBuilder().setChannelId(channelId).setLastSeq(response.getLastSeq());
    int bytes = 0;
    for (ByteString event : response.getEventsList()) {
      bytes += event.size();
      if (bytes > MAX_PAGE_BYTES && page.getEventsCount() > 0) {
        break;
      }
      try {
        page.addEvents(Event.parseFrom(event));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("an event of channel " + channelId, e);
      }
    }
    return page.build();
  }

  private void endNow(Close close) {
    parts.metrics().refused(close.getRefusal().getReason());
    connection.write(Parcel.wire(ServerFrame.newBuilder().setClose(close).build().toByteString()));
    connection.end(close);
    gone();
  }

  private void finishNow() {
    connection.finish();
    gone();
  }

  /** Takes the session's state out of it; empty when there is none or it was taken already. */
  private Optional<Dormant> detach() {
    Views seen = views;
    Identity mine = identity;
    if (seen == null || mine == null) {
      return Optional.empty();
    }
    List<Dormant.Seat> seats = seen.leave();
    return !sessionToken.isEmpty() && parts.sessions().detach(sessionToken, this)
        ? Optional.of(new Dormant(sessionToken, mine.userId(), sent, seats))
        : Optional.empty();
  }

  private void cancelPulse() {
    if (pulse != null) {
      pulse.cancel(false);
    }
  }

  private Views views() {
    return Objects.requireNonNull(views, "a session has its views once it is signed in");
  }

  private Identity who() {
    return Objects.requireNonNull(identity, "a session has its identity once it is signed in");
  }

  private Timestamp serverTime() {
    Instant now = parts.wall().instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}
