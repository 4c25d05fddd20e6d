package chat.starling.bench.wire;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Walks the fields of a ServerFrame to the one that is asked for, and parses nothing on the way.
 * For use by one thread.
 */
public final class FrameWalk {

  private static final int MAX_VARINT_BITS = 64;

  private ByteBuf in = Unpooled.EMPTY_BUFFER;
  private int at;
  private int end;

  /** The seq of the event that the frame holds; 0 when it holds something else. */
  public long eventSeq(ByteBuf buffer, int from, int length) {
    begin(buffer, from, length);
    return enter(ServerFrame.EVENT_FIELD_NUMBER) && find(Event.SEQ_FIELD_NUMBER, 0) ? varint() : 0;
  }

  /** The number that the text of the event's message begins with; 0 when it begins otherwise. */
  public long textNumber(ByteBuf buffer, int from, int length) {
    begin(buffer, from, length);
    boolean found =
        enter(ServerFrame.EVENT_FIELD_NUMBER)
            && enter(Event.MESSAGE_POSTED_FIELD_NUMBER)
            && enter(Message.TEXT_FIELD_NUMBER);
    long number = 0;
    while (found && at < end && Character.isDigit(in.getByte(at))) {
      number = 10 * number + in.getByte(at++) - '0';
    }
    return number;
  }

  private void begin(ByteBuf buffer, int from, int length) {
    in = buffer;
    at = from;
    end = from + length;
  }

  /** Goes into a field that has a length; only its bytes are walked from then on. */
  private boolean enter(int field) {
    if (!find(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
      return false;
    }
    int length = (int) varint();
    end = at + length;
    return true;
  }

  /** Goes to the value of a field. */
  private boolean find(int field, int wireType) {
    int tag = field << 3 | wireType;
    while (at < end) {
      int found = (int) varint();
      if (found == tag) {
        return true;
      }
      pass(found & 7);
    }
    return false;
  }

  private void pass(int wireType) {
    switch (wireType) {
      case WireFormat.WIRETYPE_VARINT -> {
        var _ = varint();
      }
      case WireFormat.WIRETYPE_FIXED64 -> at += Long.BYTES;
      case WireFormat.WIRETYPE_FIXED32 -> at += Integer.BYTES;
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
        int length = (int) varint();
        at += length;
      }
      default -> throw new IllegalStateException("not protobuf");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      byte next = in.getByte(at++);
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("not protobuf");
  }
}
