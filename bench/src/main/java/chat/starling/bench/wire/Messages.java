package chat.starling.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes on the streams of one connection into gRPC messages. A message that lies whole in
 * its DATA frame is read there; one that is split over several is put together first.
 */
public final class Messages {

  /** Bytes that gRPC puts before a message. */
  public static final int PREFIX_BYTES = 5;

  private static final int MAX_MESSAGE = 4 * 1024 * 1024;

  private final MessageSink sink;

  /** By stream, the beginning of a message that has not come whole yet. Most never have one. */
  private @Nullable Begun[] begun = new Begun[0];

  /** Messages go to this sink. */
  public Messages(MessageSink sink) {
    this.sink = sink;
  }

  /**
   * The message as gRPC sends it.
   *
   * @throws IllegalArgumentException when it does not fit into a DATA frame
   */
  public static byte[] prefixed(byte[] message) {
    if (message.length > Http2.MAX_PAYLOAD - PREFIX_BYTES) {
      throw new IllegalArgumentException(message.length + " bytes do not fit into a frame");
    }
    byte[] wire = new byte[PREFIX_BYTES + message.length];
    wire[3] = (byte) (message.length >>> 8);
    wire[4] = (byte) message.length;
    System.arraycopy(message, 0, wire, PREFIX_BYTES, message.length);
    return wire;
  }

  /**
   * Takes the bytes of a DATA frame.
   *
   * @param index the stream's place among its connection's streams, from 0
   * @throws IllegalStateException when they are not gRPC messages without compression
   */
  public void data(int index, ByteBuf in, int from, int length) {
    int at = from;
    int end = from + length;
    if (index < begun.length && begun[index] != null) {
      at = goOn(index, in, from, end);
    }
    while (end - at >= PREFIX_BYTES) {
      int size = size(in, at);
      if (end - at - PREFIX_BYTES < size) {
        break;
      }
      sink.message(index, in, at + PREFIX_BYTES, size);
      at += PREFIX_BYTES + size;
    }
    if (at < end) {
      begin(index).take(in, at, end);
    }
  }

  private Begun begin(int index) {
    if (index >= begun.length) {
      begun = Arrays.copyOf(begun, Math.max(index + 1, 2 * begun.length));
    }
    Begun first = new Begun();
    begun[index] = first;
    return first;
  }

  /** Where the bytes of the split message end. */
  private int goOn(int index, ByteBuf in, int from, int end) {
    Begun first = begun[index];
    if (first == null) {
      return from;
    }
    int at = first.take(in, from, end);
    if (first.isWhole()) {
      begun[index] = null;
      ByteBuf whole = Unpooled.wrappedBuffer(first.bytes);
      sink.message(index, whole, PREFIX_BYTES, first.wanted - PREFIX_BYTES);
    }
    return at;
  }

  private static int size(ByteBuf in, int at) {
    int size = in.getInt(at + 1);
    if (in.getByte(at) != 0 || size < 0 || size > MAX_MESSAGE) {
      throw new IllegalStateException("not a gRPC message without compression, or a huge one");
    }
    return size;
  }

  /** The beginning of a message. */
  private static final class Begun {

    private byte[] bytes = new byte[PREFIX_BYTES];
    private int have;
    private int wanted = PREFIX_BYTES;
    private boolean sized;

    boolean isWhole() {
      return sized && have == wanted;
    }

    int take(ByteBuf in, int from, int end) {
      int at = copy(in, from, end);
      if (have == PREFIX_BYTES && !sized) {
        sized = true;
        wanted = PREFIX_BYTES + size(Unpooled.wrappedBuffer(bytes), 0);
        bytes = Arrays.copyOf(bytes, wanted);
        at = copy(in, at, end);
      }
      return at;
    }

    private int copy(ByteBuf in, int from, int end) {
      int count = Math.min(end - from, wanted - have);
      in.getBytes(from, bytes, have, count);
      have += count;
      return from + count;
    }
  }
}
