package chat.starling.client.protocol;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.Users;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a session hands over. */
final class Recorder implements Handover {
  final List<String> log = new ArrayList<>();
  final Map<Long, List<Long>> seqs = new HashMap<>();
  final List<Boolean> echoes = new ArrayList<>();
  final Map<ByteString, Sent> sent = new HashMap<>();
  final Map<ByteString, Refusal> failed = new HashMap<>();

  List<Long> seqsOf(long channelId) {
    return seqs.getOrDefault(channelId, List.of());
  }

  /** Why the message of this nonce failed. */
  Reason reasonOf(ByteString nonce) {
    Refusal refusal = failed.get(nonce);
    if (refusal == null) {
      throw new AssertionError("did not fail: " + failed);
    }
    return refusal.getReason();
  }

  /** How the last waiting ended the log: its delay in milliseconds. */
  long lastDelay() {
    for (int i = log.size() - 1; i >= 0; i--) {
      if (log.get(i).startsWith("waiting ")) {
        return Long.parseLong(log.get(i).substring("waiting ".length()));
      }
    }
    throw new AssertionError("never waited: " + log);
  }

  @Override
  public void connecting() {
    log.add("connecting");
  }

  @Override
  public void ready(Ready ready) {
    log.add("ready");
  }

  @Override
  public void waiting(long millis, Refusal cause) {
    log.add("waiting " + millis);
  }

  @Override
  public void stopped(Refusal cause) {
    log.add("stopped " + cause.getReason().name());
  }

  @Override
  public void focused(long channelId, long fromSeq, long lastSeq) {
    log.add("focused " + channelId + " " + fromSeq);
  }

  @Override
  public void focusRefused(long channelId, Refusal refusal) {
    log.add("focus refused " + channelId + " " + refusal.getReason().name());
  }

  @Override
  public void event(Event event, boolean echo) {
    seqs.computeIfAbsent(event.getChannelId(), id -> new ArrayList<>()).add(event.getSeq());
    echoes.add(echo);
  }

  @Override
  public void reload(long channelId, long fromSeq) {
    log.add("reload " + channelId + " " + fromSeq);
  }

  @Override
  public void joined(Joined joined) {
    joined
        .getChannelsList()
        .forEach(c -> log.add("joined " + c.getChannelId() + " " + c.getLastSeq()));
  }

  @Override
  public void bump(long channelId, long lastSeq) {
    log.add("bump " + channelId + " " + lastSeq);
  }

  @Override
  public void users(Users users) {
    users.getUsersList().forEach(user -> log.add("user " + user.getUserId()));
  }

  @Override
  public void sent(ByteString nonce, Sent ack) {
    if (sent.put(nonce, ack) != null) {
      throw new AssertionError("acked twice");
    }
  }

  @Override
  public void sendFailed(ByteString nonce, Refusal refusal) {
    failed.put(nonce, refusal);
  }
}
