package chat.starling.gateway.session;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.BrokenText;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Reads a client's bytes, so that a frame which cannot be read is refused and not the stream. */
public final class FrameReader {

  private static final int REF_TAG =
      (ClientFrame.REF_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_VARINT;

  /** What the bytes turned out to be. */
  public sealed interface Reading {}

  /** A frame. */
  public record Whole(ClientFrame frame) implements Reading {}

  /**
   * No frame.
   *
   * @param ref the frame's ref as far as it could be read, otherwise 0
   */
  public record Broken(int ref, Refusal refusal) implements Reading {}

  private FrameReader() {}

  /** Reads one frame. */
  public static Reading read(ByteString bytes) {
    try {
      return new Whole(ClientFrame.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return new Broken(ref(bytes), refusal(bytes));
    }
  }

  private static Refusal refusal(ByteString bytes) {
    return BrokenText.find(ClientFrame.getDescriptor(), bytes)
        .map(path ->
            Refuse.because(Reason.REASON_NOT_UTF8)
                .field(path)
                .expected("UTF-8")
                .message(path + ": the bytes are not UTF-8")
                .build())
        .orElseGet(() ->
            Refuse.because(Reason.REASON_MALFORMED)
                .expected("a starling.v1.ClientFrame")
                .message("the frame cannot be read")
                .build());
  }

  private static int ref(ByteString bytes) {
    CodedInputStream in = bytes.newCodedInput();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == REF_TAG) {
          return in.readUInt32();
        }
        in.skipField(tag);
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
