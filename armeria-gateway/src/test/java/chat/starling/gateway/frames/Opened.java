package chat.starling.gateway.frames;

import chat.starling.gateway.delivery.Parcel;
import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The server's end of one stream, and what was written to it. */
final class Opened {

  final ClientStream stream;
  private final Channel channel;
  private final Deque<Parcel> written = new ArrayDeque<>();
  private long seq;

  Opened(ClientStream stream, Channel channel) {
    this.stream = stream;
    this.channel = channel;
  }

  /** Does this on the stream's event loop and waits for it. */
  void run(Consumer<ClientStream> action) {
    var _ =
        ask(it -> {
          action.accept(it);
          return true;
        });
  }

  /** Asks this on the stream's event loop. */
  <T> T ask(Function<ClientStream, T> question) {
    return CompletableFuture.supplyAsync(() -> question.apply(stream), channel.eventLoop()).join();
  }

  /** Bytes that wait in the stream's connection, those that are not encrypted yet among them. */
  long pendingInConnection() {
    return ask(_ -> {
      ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
      return out == null ? 0 : out.totalPendingWriteBytes();
    });
  }

  /** Writes so many messages of this many bytes; on the event loop. */
  void write(int messages, int bytes) {
    for (int i = 0; i < messages; i++) {
      Parcel parcel = parcel(++seq, bytes);
      written.add(parcel);
      stream.write(parcel);
    }
  }

  /** Takes back what has not begun to leave; on the event loop. */
  List<Parcel> takeBack() {
    List<Parcel> taken = new ArrayList<>();
    stream.takeBack(taken::add);
    taken.forEach(written::remove);
    return taken;
  }

  /** The bytes that the client is to get. */
  byte[] expected() {
    ByteBuf all = Unpooled.buffer();
    ask(it -> {
      written.forEach(parcel -> all.writeBytes(parcel.wire()));
      return true;
    });
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }

  private static Parcel parcel(long seq, int bytes) {
    byte[] payload = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      payload[i] = (byte) (seq * 31 + i);
    }
    return Parcel.ofFrame(1, seq, "", ByteString.copyFrom(payload));
  }
}
