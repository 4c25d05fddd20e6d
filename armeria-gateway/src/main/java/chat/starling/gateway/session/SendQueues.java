package chat.starling.gateway.session;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session's sends by channel: one at a time is under way, so that their order stays. */
final class SendQueues {

  /** None until something is sent: most sessions only listen. */
  private Map<Long, ArrayDeque<Effect.Append>> queues = Map.of();

  private int size;

  /** Adds a send; returns it when it is its channel's only one and may go at once. */
  Optional<Effect.Append> add(Effect.Append send) {
    if (queues.isEmpty()) {
      queues = new HashMap<>(2);
    }
    ArrayDeque<Effect.Append> queue =
        queues.computeIfAbsent(send.send().getChannelId(), id -> new ArrayDeque<>(2));
    queue.addLast(send);
    size++;
    return queue.size() == 1 ? Optional.of(send) : Optional.empty();
  }

  /** The send of the channel that is under way; null when there is none. */
  Effect.@Nullable Append current(long channelId) {
    ArrayDeque<Effect.Append> queue = queues.get(channelId);
    return queue == null ? null : queue.peekFirst();
  }

  /** The send under way was answered; returns the one that may go now. */
  Optional<Effect.Append> advance(long channelId) {
    ArrayDeque<Effect.Append> queue = queues.get(channelId);
    if (queue == null || queue.pollFirst() == null) {
      return Optional.empty();
    }
    size--;
    if (queue.isEmpty()) {
      queues.remove(channelId);
    }
    return Optional.ofNullable(queue.peekFirst());
  }

  int size() {
    return size;
  }
}
