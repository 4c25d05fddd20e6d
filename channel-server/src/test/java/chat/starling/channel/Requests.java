package chat.starling.channel;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.v1.Author;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests of tests, and the bytes of their answers parsed. */
final class Requests {

  private Requests() {}

  static ByteString nonce(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  static AppendRequest.Builder append(long channelId, ByteString nonce, String text) {
    return AppendRequest.newBuilder()
        .setFeed(TestGateway.feed(channelId))
        .setAuthor(Author.newBuilder().setUserId(7).setDisplayName("Ada"))
        .setNonce(nonce)
        .setText(text);
  }

  static ReadEventsRequest events(long channelId, long after, int limit) {
    return ReadEventsRequest.newBuilder()
        .setFeed(TestGateway.feed(channelId))
        .setAfterSeq(after)
        .setLimit(limit)
        .build();
  }

  static ReadHistoryRequest.Builder history(long channelId, int limit) {
    return ReadHistoryRequest.newBuilder().setChannelId(channelId).setLimit(limit);
  }

  static List<Message> messages(List<ByteString> bytes) {
    return bytes.stream().map(Requests::message).toList();
  }

  static List<Event> parseEvents(List<ByteString> bytes) {
    return bytes.stream().map(Requests::event).toList();
  }

  private static Message message(ByteString bytes) {
    try {
      return Message.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Event event(ByteString bytes) {
    try {
      return Event.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
