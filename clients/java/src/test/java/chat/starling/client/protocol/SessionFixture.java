package chat.starling.client.protocol;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** A session with a script for a server and a time that the test moves; jitter is at its most. */
class SessionFixture {
  static final ByteString NONCE = ByteString.copyFromUtf8("0123456789abcdef");

  final ScriptedWire wire = new ScriptedWire();
  final Recorder recorder = new Recorder();
  final Session session;
  long now = 1_000;

  SessionFixture() {
    this(false);
  }

  /**
   * @param push small channels may come into view by themselves
   */
  SessionFixture(boolean push) {
    session = new Session(wire, recorder, 3, push, () -> 0.999);
  }

  void start() {
    session.start(now);
    ready(false);
  }

  void ready(boolean resumed) {
    Ready ready =
        Ready.newBuilder()
            .setSessionToken("token")
            .setResumed(resumed)
            .setHeartbeatInterval(Duration.newBuilder().setSeconds(20))
            .build();
    take(ServerFrame.newBuilder().setReady(ready));
  }

  void take(ServerFrame.Builder frame) {
    session.frame(frame.build(), now);
  }

  void close(Close.Builder close) {
    take(ServerFrame.newBuilder().setClose(close));
  }

  void focus(long channel, OptionalLong afterSeq) {
    session.focus(Map.of(channel, afterSeq), now);
  }

  void focused(int ref, long channel, long from, boolean reload) {
    Focused focused =
        Focused.newBuilder().setChannelId(channel).setFromSeq(from).setReload(reload).build();
    take(ServerFrame.newBuilder().setRef(ref).setFocused(focused));
  }

  void events(long channel, long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      take(ServerFrame.newBuilder().setEvent(event(channel, seq, ByteString.EMPTY)));
    }
  }

  void refuse(int ref, Reason reason, int status) {
    Refusal refusal = Refusal.newBuilder().setReason(reason).setStatus(status).build();
    take(ServerFrame.newBuilder().setRef(ref).setRefusal(refusal));
  }

  void pass(long millis) {
    now += millis;
    session.tick(now);
  }

  static Event event(long channel, long seq, ByteString nonce) {
    Message.Builder message =
        Message.newBuilder().setChannelId(channel).setSeq(seq).setMessageId(seq).setNonce(nonce);
    return Event.newBuilder().setChannelId(channel).setSeq(seq).setMessagePosted(message).build();
  }
}
