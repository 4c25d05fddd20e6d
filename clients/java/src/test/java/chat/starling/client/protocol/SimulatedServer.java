package chat.starling.client.protocol;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A server that keeps the promises of the protocol and nothing more: it loses connections, sessions
 * and answers, sends events twice, leaves some out until they are asked for, and mixes channels.
 */
final class SimulatedServer {
  private final VirtualTime time;
  private final Random random;
  private final Map<Long, List<Event>> logs = new HashMap<>();
  private final Map<ByteString, Sent> acks = new HashMap<>();
  private final List<Event> session = new ArrayList<>();
  private final Map<Long, Deque<Event>> due = new HashMap<>();
  private String sessionToken = "";
  private int sessions;
  private Consumer<ServerFrame> client = frame -> {};
  boolean faulty = true;

  SimulatedServer(VirtualTime time, Random random) {
    this.time = time;
    this.random = random;
  }

  List<Event> log(long channelId) {
    return logs.computeIfAbsent(channelId, id -> new ArrayList<>());
  }

  /** A new connection has said Hello. */
  void hello(int ref, Resume resume, Consumer<ServerFrame> connection) {
    client = connection;
    boolean resumed =
        !sessionToken.isEmpty() && resume.getSessionToken().equals(sessionToken) && !chance(40);
    if (resumed) {
      ready(true);
      List<Event> missed = session.subList((int) resume.getEventsReceived(), session.size());
      missed.forEach(event -> client.accept(frame().setEvent(event).build()));
    } else {
      sessionToken = "session " + ++sessions;
      session.clear();
      due.clear();
      ready(false);
      resume.getCursorsList().forEach(cursor -> view(ref, viewOf(cursor)));
    }
  }

  void disconnected() {
    client = frame -> {};
  }

  void receive(ClientFrame frame) {
    switch (frame.getFrameCase()) {
      case HEARTBEAT:
        client.accept(frame().setHeartbeat(Heartbeat.getDefaultInstance()).build());
        break;
      case FOCUS:
        due.clear();
        frame.getFocus().getViewsList().forEach(view -> view(frame.getRef(), view));
        break;
      case BACKFILL:
        backfill(frame.getRef(), frame.getBackfill());
        break;
      case SEND:
        send(frame.getRef(), frame.getSend());
        break;
      default:
        throw new AssertionError("unexpected: " + frame.getFrameCase());
    }
  }

  /** Appends a message to the channel's log and plans its delivery. */
  Event append(long channelId, ByteString nonce) {
    long seq = log(channelId).size() + 1L;
    Message message =
        Message.newBuilder()
            .setChannelId(channelId)
            .setSeq(seq)
            .setMessageId(seq)
            .setNonce(nonce)
            .build();
    Event event =
        Event.newBuilder().setChannelId(channelId).setSeq(seq).setMessagePosted(message).build();
    log(channelId).add(event);
    Deque<Event> queue = due.get(channelId);
    if (queue != null && !chance(10)) {
      queue.add(event);
      time.after(random.nextInt(50), this::deliverOne);
    }
    return event;
  }

  private void deliverOne() {
    List<Deque<Event>> waiting = new ArrayList<>();
    due.values().stream().filter(queue -> !queue.isEmpty()).forEach(waiting::add);
    if (!waiting.isEmpty()) {
      Event event = waiting.get(random.nextInt(waiting.size())).remove();
      deliver(event);
      if (chance(10)) {
        deliver(event);
      }
    }
  }

  private void deliver(Event event) {
    session.add(event);
    client.accept(frame().setEvent(event).build());
  }

  private void view(int ref, View view) {
    List<Event> log = log(view.getChannelId());
    long from = view.hasAfterSeq() ? view.getAfterSeq() : log.size();
    Focused focused =
        Focused.newBuilder()
            .setChannelId(view.getChannelId())
            .setFromSeq(from)
            .setLastSeq(log.size())
            .build();
    client.accept(frame().setRef(ref).setFocused(focused).build());
    due.put(view.getChannelId(), new ArrayDeque<>());
    new ArrayList<>(log.subList((int) from, log.size())).forEach(this::deliver);
  }

  private void backfill(int ref, Backfill ask) {
    if (chance(10)) {
      refuse(ref, Reason.REASON_UNAVAILABLE, 14);
    } else if (!chance(10)) {
      List<Event> log = log(ask.getChannelId());
      int end = (int) Math.min(log.size(), ask.getAfterSeq() + 1 + random.nextInt(5));
      BackfillPage page =
          BackfillPage.newBuilder()
              .setChannelId(ask.getChannelId())
              .addAllEvents(log.subList((int) ask.getAfterSeq(), end))
              .setLastSeq(log.size())
              .build();
      client.accept(frame().setRef(ref).setBackfillPage(page).build());
    }
  }

  private void send(int ref, Send send) {
    if (chance(10)) {
      refuse(ref, Reason.REASON_UNAVAILABLE, 14);
    } else if (chance(10)) {
      time.after(random.nextInt(20_000), () -> post(send));
      refuse(ref, Reason.REASON_TIMEOUT, 4);
    } else {
      Sent sent = post(send);
      if (!chance(10)) {
        client.accept(frame().setRef(ref).setSent(sent).build());
      }
    }
  }

  private Sent post(Send send) {
    Sent known = acks.get(send.getNonce());
    if (known != null) {
      return known;
    }
    Event event = append(send.getChannelId(), send.getNonce());
    Sent sent =
        Sent.newBuilder()
            .setChannelId(event.getChannelId())
            .setNonce(send.getNonce())
            .setSeq(event.getSeq())
            .setMessageId(event.getSeq())
            .build();
    acks.put(send.getNonce(), sent);
    return sent;
  }

  private void refuse(int ref, Reason reason, int status) {
    Refusal refusal = Refusal.newBuilder().setReason(reason).setStatus(status).build();
    client.accept(frame().setRef(ref).setRefusal(refusal).build());
  }

  private void ready(boolean resumed) {
    Ready ready =
        Ready.newBuilder()
            .setSessionToken(sessionToken)
            .setResumed(resumed)
            .setHeartbeatInterval(Duration.newBuilder().setSeconds(15))
            .build();
    client.accept(frame().setReady(ready).build());
  }

  private boolean chance(int percent) {
    return faulty && random.nextInt(100) < percent;
  }

  private static View viewOf(Cursor cursor) {
    return View.newBuilder()
        .setChannelId(cursor.getChannelId())
        .setAfterSeq(cursor.getSeq())
        .build();
  }

  private static ServerFrame.Builder frame() {
    return ServerFrame.newBuilder();
  }
}
