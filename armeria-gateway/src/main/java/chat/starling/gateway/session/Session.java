package chat.starling.gateway.session;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.limits.FramePace;
import chat.starling.gateway.limits.SendRates;
import chat.starling.gateway.session.Effect.End;
import chat.starling.gateway.session.Effect.Finish;
import chat.starling.gateway.session.Effect.Open;
import chat.starling.gateway.session.Effect.Pace;
import chat.starling.gateway.session.Effect.Say;
import chat.starling.gateway.session.Effect.SignIn;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One connection's half of a session: which frames are right when, what they bring about, and when
 * it is over. Times are monotonic nanoseconds. Every method returns the effects to carry out.
 */
public final class Session {

  /** What a client may have its events wait for others at most. */
  public static final Duration LONGEST_TICK = Duration.ofSeconds(5);

  private enum Phase {
    NEW,
    SIGNING_IN,
    OPEN,
    ENDED
  }

  private final SessionLimits limits;
  private final OpenSession requests;
  private final FramePace pace;
  private Phase phase = Phase.NEW;
  private Hello hello = Hello.getDefaultInstance();
  private Author user = Author.getDefaultInstance();
  private int helloRef;
  private long lastHeard;
  private long tokenEnds;
  private boolean halfClosed;
  private boolean departing;
  private Duration heartbeatInterval;

  /**
   * A session whose Hello is due.
   *
   * @param rates what its user may send
   */
  public Session(SessionLimits limits, SendRates rates, long now) {
    this.limits = limits;
    this.requests = new OpenSession(limits.maxFocus(), rates);
    this.pace = new FramePace(limits.frames(), now);
    this.lastHeard = now;
    this.heartbeatInterval = limits.heartbeats().usual();
  }

  /** Takes a frame of the client's. */
  public List<Effect> frame(ClientFrame frame, long now) {
    lastHeard = now;
    return switch (phase) {
      case NEW -> first(frame);
      case OPEN -> paced(frame.getRef(), now).orElseGet(() -> requests.frame(frame));
      case SIGNING_IN, ENDED -> List.of();
    };
  }

  /** Takes bytes that are no frame. */
  public List<Effect> unreadable(int ref, Refusal refusal, long now) {
    lastHeard = now;
    return switch (phase) {
      case NEW -> end(Closes.protocol(refusal));
      case OPEN -> paced(ref, now).orElseGet(() -> List.of(Say.refusal(ref, refusal)));
      case SIGNING_IN, ENDED -> List.of();
    };
  }

  /**
   * The token is right.
   *
   * @param validFor until the token's time is over
   */
  public List<Effect> signedIn(Author who, Duration validFor, long now) {
    if (phase != Phase.SIGNING_IN) {
      return List.of();
    }
    user = who;
    requests.of(who.getUserId());
    tokenEnds = now + validFor.toNanos();
    boolean push = hello.getBumps() && hello.getPush();
    return List.of(new Open(hello.getResume(), hello.getBumps(), push, hello.getUsers()));
  }

  /** The token is not right, or could not be checked. */
  public List<Effect> signInRefused(Refusal refusal) {
    boolean ours =
        refusal.getReason() == Reason.REASON_UNAVAILABLE
            || refusal.getReason() == Reason.REASON_INTERNAL;
    return end(
        ours ? Closes.internal(refusal) : Closes.unauthenticated(Refuse.within("hello", refusal)));
  }

  /**
   * The session stands.
   *
   * @param sessionToken its token, the earlier one when {@code resumed}
   * @param workspaces that the token admits to
   * @param resumed the earlier session goes on with its focus
   */
  public List<Effect> opened(
      String sessionToken, List<Long> workspaces, boolean resumed, Timestamp serverTime) {
    if (phase != Phase.SIGNING_IN) {
      return List.of();
    }
    phase = Phase.OPEN;
    Ready ready =
        Ready.newBuilder()
            .setSessionToken(sessionToken)
            .setUser(user)
            .addAllWorkspaceIds(workspaces)
            .setHeartbeatInterval(Durations.fromNanos(heartbeatInterval.toNanos()))
            .setServerTime(serverTime)
            .setResumed(resumed)
            .build();
    List<Effect> effects = new ArrayList<>();
    effects.add(Say.of(helloRef, ServerFrame.newBuilder().setReady(ready)));
    Resume resume = hello.getResume();
    hello = Hello.getDefaultInstance();
    if (!resumed && resume.getCursorsCount() > 0) {
      effects.addAll(requests.focus(helloRef, Wish.ofCursors(resume.getCursorsList())));
    }
    return effects;
  }

  /** The send under way in the channel is durable. */
  public List<Effect> sent(long channelId, Sent sent) {
    return sendDone(channelId, ServerFrame.newBuilder().setSent(sent));
  }

  /** The send under way in the channel was refused, or its outcome is not known. */
  public List<Effect> sendRefused(long channelId, Refusal refusal) {
    return sendDone(channelId, ServerFrame.newBuilder().setRefusal(Refuse.within("send", refusal)));
  }

  /** A page that was asked for is there, or is refused. */
  public List<Effect> answered(int ref, ServerFrame.Builder answer) {
    requests.pageDone();
    if (phase == Phase.ENDED) {
      return List.of();
    }
    return finishing(new ArrayList<>(List.of(Say.of(ref, answer))));
  }

  /** Time has passed. */
  public List<Effect> time(long now) {
    if (phase == Phase.ENDED) {
      return List.of();
    }
    if (!accepting()) {
      lastHeard = now; // what the client says is not being read
    }
    if (now - lastHeard > patience()) {
      return end(Closes.heartbeatMissed(heartbeatInterval));
    }
    if (phase == Phase.OPEN && now - tokenEnds >= 0) {
      return end(
          Closes.unauthenticated(
              Refuse.because(Reason.REASON_TOKEN_EXPIRED)
                  .message("the token's time is over")
                  .build()));
    }
    return List.of();
  }

  /** The client says no more. */
  public List<Effect> halfClose() {
    halfClosed = true;
    return phase == Phase.ENDED ? List.of() : finishing(new ArrayList<>());
  }

  /**
   * The gateway is being stopped: the session takes nothing more and ends when what it has taken is
   * answered, with word to go elsewhere.
   */
  public List<Effect> depart() {
    if (phase != Phase.OPEN) {
      return end(Closes.stopping());
    }
    departing = true;
    return finishing(new ArrayList<>());
  }

  /** Ends the session from our side. */
  public List<Effect> end(Close close) {
    if (phase == Phase.ENDED) {
      return List.of();
    }
    phase = Phase.ENDED;
    return List.of(new End(close));
  }

  /** The next frame may be read. While not, the client waits. */
  public boolean accepting() {
    return phase != Phase.SIGNING_IN && !departing && requests.inFlight() < limits.maxInFlight();
  }

  /** The client sends some frame at least this often; final once the session is open. */
  public Duration heartbeatInterval() {
    return heartbeatInterval;
  }

  /** The session stands and goes on. */
  public boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Nothing more comes out of this session. */
  public boolean isEnded() {
    return phase == Phase.ENDED;
  }

  private List<Effect> first(ClientFrame frame) {
    if (!frame.hasHello()) {
      return end(
          Closes.protocol(
              Refuse.because(Reason.REASON_HELLO_EXPECTED)
                  .field("frame")
                  .value(frame.getFrameCase().name().toLowerCase(Locale.ROOT))
                  .expected("hello")
                  .build()));
    }
    hello = frame.getHello();
    helloRef = frame.getRef();
    Optional<Refusal> wrong =
        Rules.count("hello.resume.cursors", hello.getResume().getCursorsCount(), limits.maxFocus());
    if (wrong.isPresent()) {
      return end(Closes.protocol(wrong.get()));
    }
    phase = Phase.SIGNING_IN;
    heartbeatInterval = limits.heartbeats().interval(hello);
    return List.of(
        new Pace(tick(hello)),
        new SignIn(hello.getToken(), !hello.getResume().equals(Resume.getDefaultInstance())));
  }

  private static Duration tick(Hello hello) {
    long nanos = Durations.toNanos(hello.getEventTick());
    return Duration.ofNanos(Math.clamp(nanos, 0, LONGEST_TICK.toNanos()));
  }

  /** What comes of a frame that comes too fast, or is not read any more; empty when it is right. */
  private Optional<List<Effect>> paced(int ref, long now) {
    if (departing) {
      return Optional.of(List.of());
    }
    Optional<Refusal> tooFast = pace.count(now);
    if (tooFast.isPresent() && pace.ignored(now)) {
      return Optional.of(end(Closes.rateLimited(pace.lastRefusal())));
    }
    return tooFast.map(refusal -> List.of(Say.refusal(ref, refusal)));
  }

  private List<Effect> sendDone(long channelId, ServerFrame.Builder answer) {
    List<Effect> effects = requests.sendDone(channelId, answer);
    return phase == Phase.ENDED || effects.isEmpty() ? List.of() : finishing(effects);
  }

  private List<Effect> finishing(List<Effect> effects) {
    if (requests.inFlight() > 0 || phase == Phase.SIGNING_IN) {
      return effects;
    }
    if (halfClosed) {
      phase = Phase.ENDED;
      effects.add(new Finish());
    } else if (departing) {
      effects.addAll(end(Closes.stopping()));
    }
    return effects;
  }

  private long patience() {
    return heartbeatInterval.plus(limits.heartbeats().grace()).toNanos();
  }
}
