package chat.starling.gateway.delivery;

import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The ServerFrame around a serialised Event: a tag and a length, with no parsing. */
final class EventFrame {

  private static final int TAG =
      (ServerFrame.EVENT_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private EventFrame() {}

  static ByteString wrap(ByteString event) {
    int head =
        CodedOutputStream.computeUInt32SizeNoTag(TAG)
            + CodedOutputStream.computeUInt32SizeNoTag(event.size());
    byte[] prefix = new byte[head];
    CodedOutputStream out = CodedOutputStream.newInstance(prefix);
    try {
      out.writeUInt32NoTag(TAG);
      out.writeUInt32NoTag(event.size());
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size", e);
    }
    return UnsafeByteOperations.unsafeWrap(prefix).concat(event);
  }
}
