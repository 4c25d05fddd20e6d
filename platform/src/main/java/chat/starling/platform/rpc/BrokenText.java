package chat.starling.platform.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the string field of a message whose bytes are not UTF-8. Protobuf's own parser says only
 * that there is one; a client's developer wants to know which.
 */
public final class BrokenText {

  private static final int MAX_DEPTH = 32;

  private BrokenText() {}

  /** The path of the first broken field, such as {@code send.text}; empty when none is broken. */
  public static Optional<String> find(Descriptor type, ByteString message) {
    try {
      return walk(type, message, "", 0);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> walk(Descriptor type, ByteString message, String path, int depth)
      throws IOException {
    CodedInputStream in = message.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        in.skipField(tag);
        continue;
      }
      Optional<String> broken = check(field, in.readBytes(), path + field.getName(), depth);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> check(
      FieldDescriptor field, ByteString value, String path, int depth) throws IOException {
    return switch (field.getType()) {
      case STRING -> value.isValidUtf8() ? Optional.empty() : Optional.of(path);
      case MESSAGE ->
          depth == MAX_DEPTH
              ? Optional.empty()
              : walk(field.getMessageType(), value, path + ".", depth + 1);
      default -> Optional.empty();
    };
  }
}
