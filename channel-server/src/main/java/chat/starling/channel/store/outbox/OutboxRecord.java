package chat.starling.channel.store.outbox;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.OutboxEvent;
import chat.starling.api.v1.Event;
import chat.starling.channel.feed.FeedEntry;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one event is in Kafka: key, value and headers as outbox.proto says. */
final class OutboxRecord {

  /** The header with the W3C trace context of the append. */
  static final String TRACEPARENT = "traceparent";

  /** The same in both kinds of events. */
  private static final int TRACEPARENT_TAG =
      Event.TRACEPARENT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private OutboxRecord() {}

  /** The record of a feed's event; its value holds the event's bytes as they are. */
  static ProducerRecord<byte[], byte[]> of(
      String topic, chat.starling.platform.ids.FeedId feed, FeedEntry entry) {
    try {
      var record = new ProducerRecord<>(topic, key(feed), value(feed, entry));
      ByteString traceparent = traceparent(entry.event());
      if (!traceparent.isEmpty()) {
        record.headers().add(TRACEPARENT, traceparent.toByteArray());
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException("event " + entry.seq() + " of " + feed, e);
    }
  }

  /** Such as {@code channel/42}: the same for all events of a feed, and so is their partition. */
  private static byte[] key(chat.starling.platform.ids.FeedId feed) {
    String kind = feed.kind().name().toLowerCase(Locale.ROOT);
    return (kind + "/" + feed.id()).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] value(chat.starling.platform.ids.FeedId feed, FeedEntry entry)
      throws IOException {
    FeedId id =
        FeedId.newBuilder()
            .setKind(FeedKind.forNumber(feed.kind().code()))
            .setId(feed.id())
            .build();
    int field =
        feed.kind() == chat.starling.platform.ids.FeedKind.WORKSPACE
            ? OutboxEvent.WORKSPACE_EVENT_FIELD_NUMBER
            : OutboxEvent.EVENT_FIELD_NUMBER;
    int size =
        CodedOutputStream.computeMessageSize(OutboxEvent.FEED_FIELD_NUMBER, id)
            + CodedOutputStream.computeInt64Size(OutboxEvent.SEQ_FIELD_NUMBER, entry.seq())
            + CodedOutputStream.computeBytesSize(field, entry.event());
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeMessage(OutboxEvent.FEED_FIELD_NUMBER, id);
    out.writeInt64(OutboxEvent.SEQ_FIELD_NUMBER, entry.seq());
    out.writeBytes(field, entry.event());
    return bytes;
  }

  /** The event's own trace context, found without parsing the rest; empty when it has none. */
  private static ByteString traceparent(ByteString event) throws IOException {
    CodedInputStream in = event.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == TRACEPARENT_TAG) {
        return in.readBytes();
      }
      in.skipField(tag);
    }
    return ByteString.EMPTY;
  }
}
