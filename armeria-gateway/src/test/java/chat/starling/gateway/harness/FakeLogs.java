package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.v1.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The channels' logs: what all channel servers of a fleet have in common. */
final class FakeLogs {

  private final Map<Long, List<Message>> logs = new HashMap<>();
  private final List<Consumer<Message>> listeners = new ArrayList<>();

  /** Is told of every message from now on, on the thread of whoever appends it. */
  synchronized void listen(Consumer<Message> listener) {
    listeners.add(listener);
  }

  synchronized List<Message> of(long channel) {
    return List.copyOf(logs.getOrDefault(channel, List.of()));
  }

  /** The message that was appended with this nonce before. */
  synchronized Optional<Message> find(AppendRequest request) {
    return of(request.getFeed().getId()).stream()
        .filter(known -> !request.getNonce().isEmpty())
        .filter(known -> known.getNonce().equals(request.getNonce()))
        .findFirst();
  }

  synchronized Message append(AppendRequest request) {
    List<Message> log = logs.computeIfAbsent(request.getFeed().getId(), id -> new ArrayList<>());
    Message message =
        Message.newBuilder()
            .setChannelId(request.getFeed().getId())
            .setSeq(log.size() + 1)
            .setMessageId(1000 + log.size() + 1)
            .setAuthor(request.getAuthor())
            .setNonce(request.getNonce())
            .setText(request.getText())
            .build();
    log.add(message);
    listeners.forEach(listener -> listener.accept(message));
    return message;
  }
}
