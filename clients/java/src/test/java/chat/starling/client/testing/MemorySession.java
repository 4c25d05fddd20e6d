package chat.starling.client.testing;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.CloseCode;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import com.google.protobuf.Duration;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One stream of a {@link MemoryServer}; it resumes by cursors only. */
final class MemorySession implements StreamObserver<ClientFrame> {
  private final MemoryServer server;
  private final StreamObserver<ServerFrame> out;
  private final Map<Long, Long> focus = new HashMap<>();
  private final Consumer<Event> viewer = this::deliver;
  private String user = "";
  private boolean ended;

  MemorySession(MemoryServer server, StreamObserver<ServerFrame> out) {
    this.server = server;
    this.out = out;
  }

  @Override
  public void onNext(ClientFrame frame) {
    server.received.add(frame);
    synchronized (server.channels) {
      handle(frame);
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  @Override
  public void onCompleted() {
    end();
    out.onCompleted();
  }

  void close(Close close) {
    synchronized (server.channels) {
      if (!ended) {
        write(ServerFrame.newBuilder().setClose(close));
        end();
        out.onCompleted();
      }
    }
  }

  private void handle(ClientFrame frame) {
    switch (frame.getFrameCase()) {
      case HELLO:
        hello(frame.getRef(), frame.getHello());
        break;
      case HEARTBEAT:
        write(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        break;
      case FOCUS:
        focus.clear();
        frame.getFocus().getViewsList().forEach(view -> view(frame.getRef(), view));
        break;
      case BACKFILL:
        backfill(frame.getRef(), frame.getBackfill());
        break;
      case SEND:
        send(frame, frame.getSend());
        break;
      default:
        break;
    }
  }

  private void hello(int ref, Hello hello) {
    if (hello.getToken().equals("expired")) {
      close(
          Close.newBuilder()
              .setCode(CloseCode.CLOSE_CODE_UNAUTHENTICATED)
              .setReconnect(ReconnectRule.RECONNECT_RULE_NEW_TOKEN)
              .setRefusal(refusal(16, Reason.REASON_TOKEN_EXPIRED, "hello.token").build())
              .build());
      return;
    }
    user = hello.getToken();
    write(
        ServerFrame.newBuilder()
            .setReady(
                Ready.newBuilder()
                    .setSessionToken("session of " + user)
                    .setUser(Author.newBuilder().setUserId(7).setDisplayName(user))
                    .addWorkspaceIds(1)
                    .setHeartbeatInterval(heartbeat(hello))));
    server.channels.viewers.add(viewer);
    hello
        .getResume()
        .getCursorsList()
        .forEach(cursor ->
            view(
                ref,
                View.newBuilder()
                    .setChannelId(cursor.getChannelId())
                    .setAfterSeq(cursor.getSeq())
                    .build()));
  }

  private static Duration heartbeat(Hello hello) {
    return hello.hasHeartbeatInterval()
        ? hello.getHeartbeatInterval()
        : Duration.newBuilder().setSeconds(20).build();
  }

  private void view(int ref, View view) {
    if (!server.channels.has(view.getChannelId())) {
      refuse(ref, refusal(5, Reason.REASON_CHANNEL_NOT_FOUND, "focus.views[0].channel_id"));
      return;
    }
    List<Event> log = server.channels.log(view.getChannelId());
    long from = view.hasAfterSeq() ? view.getAfterSeq() : log.size();
    Focused focused =
        Focused.newBuilder()
            .setChannelId(view.getChannelId())
            .setFromSeq(from)
            .setLastSeq(log.size())
            .build();
    write(ServerFrame.newBuilder().setRef(ref).setFocused(focused));
    focus.put(view.getChannelId(), from);
    log.forEach(this::deliver);
  }

  private void deliver(Event event) {
    Long from = focus.get(event.getChannelId());
    if (from != null && event.getSeq() > from) {
      focus.put(event.getChannelId(), event.getSeq());
      write(ServerFrame.newBuilder().setEvent(event));
    }
  }

  private void backfill(int ref, Backfill ask) {
    List<Event> log = server.channels.log(ask.getChannelId());
    BackfillPage page =
        BackfillPage.newBuilder()
            .setChannelId(ask.getChannelId())
            .addAllEvents(log.subList((int) ask.getAfterSeq(), log.size()))
            .setLastSeq(log.size())
            .build();
    write(ServerFrame.newBuilder().setRef(ref).setBackfillPage(page));
  }

  private void send(ClientFrame frame, Send send) {
    if (send.getText().isBlank()) {
      refuse(frame.getRef(), refusal(3, Reason.REASON_TEXT_EMPTY, "send.text"));
      return;
    }
    Event event =
        server.channels.post(
            send.getChannelId(), user, send.getText(), send.getNonce(), frame.getTraceparent());
    Sent sent =
        Sent.newBuilder()
            .setChannelId(send.getChannelId())
            .setNonce(send.getNonce())
            .setSeq(event.getSeq())
            .setMessageId(event.getMessagePosted().getMessageId())
            .setCreatedAt(event.getMessagePosted().getCreatedAt())
            .build();
    write(ServerFrame.newBuilder().setRef(frame.getRef()).setSent(sent));
  }

  private void refuse(int ref, Refusal.Builder refusal) {
    write(ServerFrame.newBuilder().setRef(ref).setRefusal(refusal));
  }

  private void write(ServerFrame.Builder frame) {
    if (!ended) {
      out.onNext(frame.build());
    }
  }

  private void end() {
    ended = true;
    server.channels.viewers.remove(viewer);
    server.sessions.remove(this);
  }

  private static Refusal.Builder refusal(int status, Reason reason, String field) {
    return Refusal.newBuilder()
        .setStatus(status)
        .setReason(reason)
        .setField(field)
        .setExpected("something better");
  }
}
