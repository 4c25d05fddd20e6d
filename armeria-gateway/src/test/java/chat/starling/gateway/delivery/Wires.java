package chat.starling.gateway.delivery;

import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** Reads what is sent to clients. */
final class Wires {

  private static final int GRPC_PREFIX = 5;

  private Wires() {}

  static ServerFrame frame(Notice notice) {
    byte[] wire = notice.wire();
    try {
      return ServerFrame.parseFrom(
          ByteString.copyFrom(wire, GRPC_PREFIX, wire.length - GRPC_PREFIX));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
