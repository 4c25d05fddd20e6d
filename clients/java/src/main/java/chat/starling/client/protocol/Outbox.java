package chat.starling.client.protocol;

import chat.starling.api.v1.Message;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that are not acked yet, first in first out within each channel.
 *
 * <p>Of each channel one message is on its way at a time: that alone keeps their order when a try
 * fails. A message is tried again, with the same nonce, after a lost connection, a missing answer
 * or a passing refusal; it leaves by its ack, by its own event, by a lasting refusal, or when the
 * server may have forgotten its nonce.
 */
final class Outbox {
  private static final int ECHOES = 512;

  private final int bound;
  private final Handover handover;
  private final Backoff backoff;
  private final Map<Long, Deque<Outgoing>> channels = new LinkedHashMap<>();
  private final Map<ByteString, Outgoing> byNonce = new HashMap<>();
  private final Map<Integer, Outgoing> byRef = new HashMap<>();
  private final RecentNonces acked = new RecentNonces(ECHOES);

  /**
   * @param bound the most messages that it holds
   */
  Outbox(int bound, Handover handover, Backoff backoff) {
    this.bound = bound;
    this.handover = handover;
    this.backoff = backoff;
  }

  /** Takes a message to send, or says why not. */
  Optional<Refusal> add(Outgoing message) {
    if (byNonce.size() >= bound) {
      return Optional.of(Refusals.outboxFull(bound));
    }
    byNonce.put(message.nonce, message);
    channels.computeIfAbsent(message.channelId, id -> new ArrayDeque<>()).add(message);
    return Optional.empty();
  }

  /** The connection is gone: what was on its way goes again as soon as there is a new one. */
  void disconnected() {
    byRef.values().forEach(message -> message.retryFrom(0));
    byRef.clear();
  }

  void sent(Sent sent) {
    Outgoing message = byNonce.get(sent.getNonce());
    if (message != null) {
      acked.add(message.nonce);
      remove(message);
      handover.sent(message.nonce, sent);
    }
  }

  /**
   * Takes an event's message; true when it is one of this outbox, which its own event acks as well.
   */
  boolean echo(Message event) {
    Outgoing message = byNonce.get(event.getNonce());
    if (message != null) {
      remove(message);
      handover.sent(message.nonce, sentOf(event));
      return true;
    }
    return acked.remove(event.getNonce());
  }

  /** Takes a refusal if it answers a try in flight. */
  boolean refused(int ref, Refusal refusal, long now) {
    Outgoing message = byRef.remove(ref);
    if (message == null) {
      return false;
    }
    if (Refusals.passing(refusal)) {
      long pause = Math.max(Refusals.retryAfterMillis(refusal), backoff.delay(message.tries()));
      message.retryFrom(now + pause);
    } else {
      fail(message, refusal);
    }
    return true;
  }

  /** Fails everything that waits. */
  void failAll(Refusal refusal) {
    new ArrayList<>(byNonce.values()).forEach(message -> fail(message, refusal));
  }

  /** Gives up what took too long, connected or not. */
  void expire(long now) {
    for (Deque<Outgoing> channel : new ArrayList<>(channels.values())) {
      Outgoing head = channel.element();
      if (head.giveUpAt() <= now) {
        fail(head, Refusals.timeout("No answer came in time; whether it was posted is not known."));
      } else if (head.inFlight() && head.actAt() <= now) {
        byRef.remove(head.ref());
        head.retryFrom(now + backoff.delay(head.tries()));
      }
    }
  }

  /** Sends what is due; only while the session stands. */
  void pump(Frames frames, long now) {
    for (Deque<Outgoing> channel : channels.values()) {
      Outgoing head = channel.element();
      if (!head.inFlight() && head.actAt() <= now) {
        int ref = frames.write(head.frame());
        head.tried(ref, now);
        byRef.put(ref, head);
      }
    }
  }

  /** When {@link #expire} or, while connected, {@link #pump} has something to do. */
  long nextDeadline(boolean connected) {
    long next = Long.MAX_VALUE;
    for (Deque<Outgoing> channel : channels.values()) {
      Outgoing head = channel.element();
      next = Math.min(next, head.giveUpAt());
      if (connected) {
        next = Math.min(next, head.actAt());
      }
    }
    return next;
  }

  private void fail(Outgoing message, Refusal refusal) {
    remove(message);
    handover.sendFailed(message.nonce, refusal);
  }

  private void remove(Outgoing message) {
    byNonce.remove(message.nonce);
    byRef.remove(message.ref());
    channels.computeIfPresent(
        message.channelId,
        (id, queue) -> {
          queue.remove(message);
          return queue.isEmpty() ? null : queue;
        });
  }

  private static Sent sentOf(Message event) {
    return Sent.newBuilder()
        .setChannelId(event.getChannelId())
        .setNonce(event.getNonce())
        .setSeq(event.getSeq())
        .setMessageId(event.getMessageId())
        .setCreatedAt(event.getCreatedAt())
        .build();
  }
}
