package chat.starling.gateway.session;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import chat.starling.gateway.session.Effect.Append;
import chat.starling.gateway.session.Effect.End;
import chat.starling.gateway.session.Effect.Finish;
import chat.starling.gateway.session.Effect.Focus;
import chat.starling.gateway.session.Effect.Open;
import chat.starling.gateway.session.Effect.ReadPage;
import chat.starling.gateway.session.Effect.Say;
import chat.starling.gateway.session.Effect.SignIn;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One connection's half of a session: which frames are right when, what they bring about, and when
 * it is over. Times are monotonic nanoseconds. Every method returns the effects to carry out.
 */
public final class Session {

  private enum Phase {
    NEW,
    SIGNING_IN,
    OPEN,
    ENDED
  }

  private final SessionLimits limits;
  private final SendQueues sends = new SendQueues();
  private Phase phase = Phase.NEW;
  private Hello hello = Hello.getDefaultInstance();
  private Author user = Author.getDefaultInstance();
  private int helloRef;
  private long lastHeard;
  private long tokenEnds;
  private int pagesInFlight;
  private boolean halfClosed;

  /** A session whose Hello is due. */
  public Session(SessionLimits limits, long now) {
    this.limits = limits;
    this.lastHeard = now;
  }

  /** Takes a frame of the client's. */
  public List<Effect> frame(ClientFrame frame, long now) {
    lastHeard = now;
    return switch (phase) {
      case NEW -> first(frame);
      case OPEN -> open(frame);
      case SIGNING_IN, ENDED -> List.of();
    };
  }

  /** Takes bytes that are no frame. */
  public List<Effect> unreadable(int ref, Refusal refusal, long now) {
    lastHeard = now;
    return switch (phase) {
      case NEW -> end(Closes.protocol(refusal));
      case OPEN -> refuse(ref, refusal);
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
    tokenEnds = now + validFor.toNanos();
    return List.of(new Open(hello.getResume()));
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
            .setHeartbeatInterval(Durations.fromNanos(limits.heartbeatInterval().toNanos()))
            .setServerTime(serverTime)
            .setResumed(resumed)
            .build();
    List<Effect> effects = new ArrayList<>();
    effects.add(say(helloRef, ServerFrame.newBuilder().setReady(ready)));
    Resume resume = hello.getResume();
    hello = Hello.getDefaultInstance();
    if (!resumed && resume.getCursorsCount() > 0) {
      effects.addAll(focus(helloRef, Wish.ofCursors(resume.getCursorsList())));
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
    pagesInFlight--;
    if (phase == Phase.ENDED) {
      return List.of();
    }
    return finishing(new ArrayList<>(List.of(say(ref, answer))));
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
      return end(Closes.heartbeatMissed(limits.heartbeatInterval()));
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
    return phase != Phase.SIGNING_IN && inFlight() < limits.maxInFlight();
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
    return List.of(new SignIn(hello.getToken()));
  }

  private List<Effect> open(ClientFrame frame) {
    int ref = frame.getRef();
    return switch (frame.getFrameCase()) {
      case HELLO ->
          refuse(
              ref,
              Refuse.because(Reason.REASON_HELLO_REPEATED)
                  .field("hello")
                  .expected("exactly one, as the first frame")
                  .message("hello: this session has said it already")
                  .build());
      case HEARTBEAT ->
          List.of(say(ref, ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance())));
      case FOCUS -> focusOn(ref, frame.getFocus().getViewsList());
      case BACKFILL -> backfill(ref, frame.getBackfill());
      case SEND -> send(ref, frame.getSend(), frame.getTraceparent());
      case FRAME_NOT_SET ->
          refuse(
              ref,
              Refuse.because(Reason.REASON_FRAME_UNKNOWN)
                  .field("frame")
                  .expected("one of hello, heartbeat, focus, backfill, send")
                  .message("the frame holds nothing that this server knows")
                  .build());
    };
  }

  private List<Effect> focusOn(int ref, List<View> views) {
    return Rules.count("focus.views", views.size(), limits.maxFocus())
        .map(tooMany -> refuse(ref, tooMany))
        .orElseGet(() -> focus(ref, Wish.ofFocus(views)));
  }

  private List<Effect> focus(int ref, List<Wish> wishes) {
    List<Effect> effects = new ArrayList<>();
    Map<Long, Wish> right = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      Optional<Refusal> wrong = Rules.check(wish.view());
      wrong.ifPresentOrElse(
          refusal -> effects.addAll(refuse(ref, wish.refused(refusal))),
          () -> right.put(wish.view().getChannelId(), wish));
    }
    effects.add(new Focus(ref, List.copyOf(right.values())));
    return effects;
  }

  private List<Effect> backfill(int ref, Backfill backfill) {
    Optional<Refusal> wrong = Rules.check(backfill);
    if (wrong.isPresent()) {
      return refuse(ref, Refuse.within("backfill", wrong.get()));
    }
    pagesInFlight++;
    return List.of(new ReadPage(ref, backfill, Rules.pageSize(backfill)));
  }

  private List<Effect> send(int ref, Send send, String traceparent) {
    Optional<Refusal> wrong = Rules.check(send);
    if (wrong.isPresent()) {
      return refuse(ref, Refuse.within("send", wrong.get()));
    }
    return sends
        .add(new Append(ref, send, traceparent))
        .<List<Effect>>map(List::of)
        .orElse(List.of());
  }

  private List<Effect> sendDone(long channelId, ServerFrame.Builder answer) {
    Append done = sends.current(channelId);
    Optional<Append> next = sends.advance(channelId);
    if (phase == Phase.ENDED || done == null) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(say(done.ref(), answer));
    next.ifPresent(effects::add);
    return finishing(effects);
  }

  private List<Effect> finishing(List<Effect> effects) {
    if (halfClosed && inFlight() == 0 && phase != Phase.SIGNING_IN) {
      phase = Phase.ENDED;
      effects.add(new Finish());
    }
    return effects;
  }

  private int inFlight() {
    return sends.size() + pagesInFlight;
  }

  private long patience() {
    return limits.heartbeatInterval().plus(limits.heartbeatGrace()).toNanos();
  }

  private List<Effect> refuse(int ref, Refusal refusal) {
    return List.of(say(ref, ServerFrame.newBuilder().setRefusal(refusal)));
  }

  private static Say say(int ref, ServerFrame.Builder frame) {
    return new Say(frame.setRef(ref).build());
  }
}
