package chat.starling.otel.receiver;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One field of a protobuf message, read without knowing the message's type.
 *
 * @param number the field's number
 * @param scalar the value of a varint or fixed field, else 0
 * @param bytes the value of a text, bytes or message field, else empty
 */
record Field(int number, long scalar, ByteString bytes) {

  /**
   * The fields of a serialised message, in the order of the wire.
   *
   * @throws UncheckedIOException when the bytes are no protobuf message
   */
  static List<Field> of(ByteString message) {
    try {
      CodedInputStream in = message.newCodedInput();
      List<Field> fields = new ArrayList<>();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        fields.add(read(in, tag));
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages in a repeated field, each as its fields. */
  static Stream<List<Field>> messages(List<Field> message, int number) {
    return message.stream().filter(field -> field.number == number).map(field -> of(field.bytes));
  }

  /** A text field; empty when absent. */
  static String text(List<Field> message, int number) {
    return last(message, number).bytes.toStringUtf8();
  }

  /** A bytes field in lower-case hex; empty when absent. */
  static String hex(List<Field> message, int number) {
    return HexFormat.of().formatHex(last(message, number).bytes.toByteArray());
  }

  /** A varint or fixed field; 0 when absent. */
  static long scalar(List<Field> message, int number) {
    return last(message, number).scalar;
  }

  private static Field last(List<Field> message, int number) {
    return message.reversed().stream()
        .filter(field -> field.number == number)
        .findFirst()
        .orElse(new Field(number, 0, ByteString.EMPTY));
  }

  private static Field read(CodedInputStream in, int tag) throws IOException {
    int number = WireFormat.getTagFieldNumber(tag);
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> new Field(number, in.readRawVarint64(), ByteString.EMPTY);
      case WireFormat.WIRETYPE_FIXED64 ->
          new Field(number, in.readRawLittleEndian64(), ByteString.EMPTY);
      case WireFormat.WIRETYPE_FIXED32 ->
          new Field(number, in.readRawLittleEndian32(), ByteString.EMPTY);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> new Field(number, 0, in.readBytes());
      default -> throw new InvalidProtocolBufferException("groups are not part of OTLP");
    };
  }
}
