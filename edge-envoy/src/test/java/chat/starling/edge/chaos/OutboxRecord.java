package chat.starling.edge.chaos;

import chat.starling.api.v1.Event;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * The value of one record of the outbox, {@code starling.internal.v1.OutboxEvent}.
 *
 * @param feedKind 1 is a channel
 * @param feedId of which feed
 * @param seq which event of it
 * @param event the event itself
 */
record OutboxRecord(int feedKind, long feedId, long seq, Event event) {

  /** The kind of feed that a channel's is. */
  static final int CHANNEL = 1;

  private static final int FEED = 1;
  private static final int SEQ = 2;
  private static final int EVENT = 3;
  private static final int FEED_KIND = 1;
  private static final int FEED_ID = 2;

  /** Reads it by the numbers of its fields; fields that it does not know are passed over. */
  static OutboxRecord parse(byte[] value) throws IOException {
    var feed = new Feed(0, 0);
    long seq = 0;
    Event event = Event.getDefaultInstance();
    CodedInputStream in = CodedInputStream.newInstance(value);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case FEED -> feed = Feed.parse(in.readByteArray());
        case SEQ -> seq = in.readInt64();
        case EVENT -> event = Event.parseFrom(in.readByteArray());
        default -> in.skipField(tag);
      }
    }
    return new OutboxRecord(feed.kind, feed.id, seq, event);
  }

  private record Feed(int kind, long id) {

    static Feed parse(byte[] value) throws IOException {
      int kind = 0;
      long id = 0;
      CodedInputStream in = CodedInputStream.newInstance(value);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case FEED_KIND -> kind = in.readEnum();
          case FEED_ID -> id = in.readInt64();
          default -> in.skipField(tag);
        }
      }
      return new Feed(kind, id);
    }
  }
}
