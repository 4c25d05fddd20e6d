package chat.starling.client.testing;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The channels of a {@link MemoryServer}: all in workspace 1, ids from 1 on. */
public final class MemoryChannels {
  private final Map<Long, Channel> channels = new LinkedHashMap<>();
  private final Map<Long, List<Event>> logs = new LinkedHashMap<>();
  final List<Consumer<Event>> viewers = new CopyOnWriteArrayList<>();

  /** Makes a channel and gives its id. */
  public synchronized long create(String name) {
    long id = channels.size() + 1L;
    channels.put(id, Channel.newBuilder().setChannelId(id).setWorkspaceId(1).setName(name).build());
    logs.put(id, new ArrayList<>());
    return id;
  }

  synchronized void rename(long id, String name) {
    channels.computeIfPresent(id, (same, channel) -> channel.toBuilder().setName(name).build());
  }

  /** Posts a message as this author; the same nonce again gives the first event. */
  public synchronized Event post(
      long channelId, String author, String text, ByteString nonce, String traceparent) {
    List<Event> log = log(channelId);
    for (Event event : log) {
      if (!nonce.isEmpty() && event.getMessagePosted().getNonce().equals(nonce)) {
        return event;
      }
    }
    long seq = log.size() + 1L;
    Message message =
        Message.newBuilder()
            .setMessageId(1000 * channelId + seq)
            .setChannelId(channelId)
            .setSeq(seq)
            .setAuthor(
                Author.newBuilder().setUserId(author.hashCode() & 0xffff).setDisplayName(author))
            .setText(text)
            .setNonce(nonce)
            .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000 + seq))
            .build();
    Event event =
        Event.newBuilder()
            .setChannelId(channelId)
            .setSeq(seq)
            .setTraceparent(traceparent)
            .setMessagePosted(message)
            .build();
    log.add(event);
    viewers.forEach(viewer -> viewer.accept(event));
    return event;
  }

  /** Deletes a message: its event loses the text, and another says so. */
  public synchronized void delete(Message message, long deletedBy) {
    List<Event> log = log(message.getChannelId());
    int at = Math.toIntExact(message.getSeq() - 1);
    Message tombstone = message.toBuilder().clearText().setDeletedBy(deletedBy).build();
    log.set(at, log.get(at).toBuilder().setMessagePosted(tombstone).build());
    Event event =
        Event.newBuilder()
            .setChannelId(message.getChannelId())
            .setSeq(log.size() + 1L)
            .setMessageDeleted(
                MessageDeleted.newBuilder()
                    .setMessageId(message.getMessageId())
                    .setMessageSeq(message.getSeq())
                    .setAuthor(message.getAuthor())
                    .setDeletedBy(deletedBy))
            .build();
    log.add(event);
    viewers.forEach(viewer -> viewer.accept(event));
  }

  /** The channel's events so far. */
  public synchronized List<Event> log(long channelId) {
    List<Event> log = logs.get(channelId);
    if (log == null) {
      throw new IllegalArgumentException("no channel " + channelId);
    }
    return log;
  }

  synchronized boolean has(long channelId) {
    return channels.containsKey(channelId);
  }

  synchronized Optional<Channel> byName(String name) {
    return channels.values().stream().filter(channel -> channel.getName().equals(name)).findAny();
  }

  synchronized Optional<Channel> byId(long id) {
    return Optional.ofNullable(channels.get(id));
  }

  synchronized List<Channel> all() {
    return new ArrayList<>(channels.values());
  }
}
