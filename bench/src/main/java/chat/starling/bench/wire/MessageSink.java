package chat.starling.bench.wire;

import io.netty.buffer.ByteBuf;

/** What is done with the gRPC messages of a connection's streams. */
@FunctionalInterface
public interface MessageSink {

  /**
   * A message. Its bytes are the buffer's from {@code from} on, for the time of the call.
   *
   * @param index the stream's place among its connection's streams, from 0
   */
  void message(int index, ByteBuf in, int from, int length);
}
