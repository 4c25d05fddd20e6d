package chat.starling.bench.wire;

import io.netty.buffer.ByteBuf;

/** Writes frames into a buffer. */
public final class FrameWriter {

  private static final int SETTING_BYTES = 6;

  private FrameWriter() {}

  /** SETTINGS of pairs: an id, its value, and so on. */
  public static void settings(ByteBuf out, int... pairs) {
    head(out, pairs.length / 2 * SETTING_BYTES, Http2.SETTINGS, 0, 0);
    for (int i = 0; i < pairs.length; i += 2) {
      out.writeShort(pairs[i]).writeInt(pairs[i + 1]);
    }
  }

  /** The answer to the peer's SETTINGS. */
  public static void settingsAck(ByteBuf out) {
    head(out, 0, Http2.SETTINGS, Http2.ACK, 0);
  }

  /** The answer to a PING. */
  public static void pingAck(ByteBuf out, long bytes) {
    head(out, Long.BYTES, Http2.PING, Http2.ACK, 0);
    out.writeLong(bytes);
  }

  /** Lets the peer send more; stream 0 is the connection. */
  public static void windowUpdate(ByteBuf out, int stream, int increment) {
    head(out, Integer.BYTES, Http2.WINDOW_UPDATE, 0, stream);
    out.writeInt(increment);
  }

  /** HEADERS of a block that {@link HeaderBlock} made; the stream goes on. */
  public static void headers(ByteBuf out, int stream, byte[] block) {
    head(out, block.length, Http2.HEADERS, Http2.END_HEADERS, stream);
    out.writeBytes(block);
  }

  /** DATA; the stream goes on. */
  public static void data(ByteBuf out, int stream, byte[] bytes) {
    head(out, bytes.length, Http2.DATA, 0, stream);
    out.writeBytes(bytes);
  }

  private static void head(ByteBuf out, int length, int type, int flags, int stream) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }
}
