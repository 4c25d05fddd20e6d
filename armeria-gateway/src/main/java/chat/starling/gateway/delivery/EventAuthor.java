package chat.starling.gateway.delivery;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds who wrote an event in its bytes, without reading the rest. */
public final class EventAuthor {

  private static final int[] PATH = {
    ServerFrame.EVENT_FIELD_NUMBER, Event.MESSAGE_POSTED_FIELD_NUMBER, Message.AUTHOR_FIELD_NUMBER
  };

  private EventAuthor() {}

  /** The id of the user who wrote what the parcel carries; 0 when it is nobody's. */
  public static long of(Parcel parcel) {
    byte[] wire = parcel.wire();
    CodedInputStream in =
        CodedInputStream.newInstance(wire, Parcel.PREFIX, wire.length - Parcel.PREFIX);
    try {
      for (int field : PATH) {
        if (!find(in, WireFormat.WIRETYPE_LENGTH_DELIMITED, field)) {
          return 0;
        }
        int _ = in.pushLimit(in.readRawVarint32());
      }
      return find(in, WireFormat.WIRETYPE_VARINT, Author.USER_ID_FIELD_NUMBER) ? in.readInt64() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("an event of channel " + parcel.channelId(), e);
    }
  }

  private static boolean find(CodedInputStream in, int type, int field) throws IOException {
    int wanted = (field << 3) | type;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == wanted) {
        return true;
      }
      boolean _ = in.skipField(tag);
    }
    return false;
  }
}
