package chat.starling.gateway.session;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import chat.starling.gateway.limits.SendRates;
import chat.starling.gateway.session.Effect.Append;
import chat.starling.gateway.session.Effect.Focus;
import chat.starling.gateway.session.Effect.ReadPage;
import chat.starling.gateway.session.Effect.Say;
import chat.starling.platform.refusal.Refuse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the frames of a session that stands bring about, and which of them wait for an answer. */
final class OpenSession {

  private final int maxFocus;
  private final SendRates rates;
  private final SendQueues sends = new SendQueues();
  private int pagesInFlight;
  private long userId;

  OpenSession(int maxFocus, SendRates rates) {
    this.maxFocus = maxFocus;
    this.rates = rates;
  }

  /** Whose session it is. */
  void of(long user) {
    userId = user;
  }

  /** Takes a frame of the client's. */
  List<Effect> frame(ClientFrame frame) {
    int ref = frame.getRef();
    return switch (frame.getFrameCase()) {
      case HELLO -> List.of(Say.refusal(ref, helloRepeated()));
      case HEARTBEAT -> List.of(heartbeat(ref));
      case FOCUS -> focusOn(ref, frame.getFocus().getViewsList());
      case BACKFILL -> List.of(backfill(ref, frame.getBackfill()));
      case SEND -> send(ref, frame.getSend(), frame.getTraceparent());
      case FRAME_NOT_SET -> List.of(Say.refusal(ref, frameUnknown()));
    };
  }

  /** Puts these channels into focus; those that cannot be are refused each by itself. */
  List<Effect> focus(int ref, List<Wish> wishes) {
    List<Effect> effects = new ArrayList<>();
    Map<Long, Wish> right = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      Optional<Refusal> wrong = Rules.check(wish.view());
      wrong.ifPresentOrElse(
          refusal -> effects.add(Say.refusal(ref, wish.refused(refusal))),
          () -> right.put(wish.view().getChannelId(), wish));
    }
    effects.add(new Focus(ref, List.copyOf(right.values())));
    return effects;
  }

  /** Answers the channel's send that was under way; nothing when there was none. */
  List<Effect> sendDone(long channelId, ServerFrame.Builder answer) {
    Append done = sends.current(channelId);
    Optional<Append> next = sends.advance(channelId);
    List<Effect> effects = new ArrayList<>();
    if (done != null) {
      effects.add(Say.of(done.ref(), answer));
      next.ifPresent(effects::add);
    }
    return effects;
  }

  /** A page that was asked for is there, or is refused. */
  void pageDone() {
    pagesInFlight--;
  }

  /** Sends and pages that wait for an answer. */
  int inFlight() {
    return sends.size() + pagesInFlight;
  }

  private List<Effect> focusOn(int ref, List<View> views) {
    return Rules.count("focus.views", views.size(), maxFocus)
        .<List<Effect>>map(tooMany -> List.of(Say.refusal(ref, tooMany)))
        .orElseGet(() -> focus(ref, Wish.ofFocus(views)));
  }

  private Effect backfill(int ref, Backfill backfill) {
    Optional<Refusal> wrong = Rules.check(backfill);
    if (wrong.isPresent()) {
      return Say.refusal(ref, Refuse.within("backfill", wrong.get()));
    }
    pagesInFlight++;
    return new ReadPage(ref, backfill, Rules.pageSize(backfill));
  }

  private List<Effect> send(int ref, Send send, String traceparent) {
    Optional<Refusal> wrong =
        Rules.check(send).or(() -> rates.countUser(userId, send.getChannelId()));
    if (wrong.isPresent()) {
      return List.of(Say.refusal(ref, Refuse.within("send", wrong.get())));
    }
    return sends
        .add(new Append(ref, send, traceparent))
        .<List<Effect>>map(List::of)
        .orElse(List.of());
  }

  private static Effect heartbeat(int ref) {
    return Say.of(ref, ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  private static Refusal helloRepeated() {
    return Refuse.because(Reason.REASON_HELLO_REPEATED)
        .field("hello")
        .expected("exactly one, as the first frame")
        .message("hello: this session has said it already")
        .build();
  }

  private static Refusal frameUnknown() {
    return Refuse.because(Reason.REASON_FRAME_UNKNOWN)
        .field("frame")
        .expected("one of hello, heartbeat, focus, backfill, send")
        .message("the frame holds nothing that this server knows")
        .build();
  }
}
