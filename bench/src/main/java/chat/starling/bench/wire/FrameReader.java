package chat.starling.bench.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes on a connection into frames. Whole frames are read where they lie; only the
 * beginning of one that has not come whole yet is kept.
 */
public final class FrameReader {

  private static final int LENGTH_SHIFT = 40;
  private static final int TYPE_SHIFT = 32;
  private static final int FLAGS_SHIFT = 24;
  private static final int BYTE = 0xff;
  private static final int SETTING_BYTES = 6;

  private final FrameSink sink;
  private int skip;
  private @Nullable ByteBuf begun;

  /**
   * @param skip bytes that come before the first frame: a client's preface
   */
  public FrameReader(FrameSink sink, int skip) {
    this.sink = sink;
    this.skip = skip;
  }

  /**
   * Takes what was read and releases it.
   *
   * @throws IllegalStateException when it is not HTTP/2, or a frame is larger than {@link
   *     Http2#MAX_PAYLOAD}
   */
  public void read(ByteBuf read) {
    ByteBuf in = joined(read);
    try {
      frames(in);
      if (in.isReadable()) {
        begun = in.alloc().buffer(in.readableBytes()).writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  /** Releases what is kept. */
  public void close() {
    if (begun != null) {
      begun.release();
      begun = null;
    }
  }

  private ByteBuf joined(ByteBuf read) {
    ByteBuf first = begun;
    if (first == null) {
      return read;
    }
    begun = null;
    try {
      return first.writeBytes(read);
    } finally {
      read.release();
    }
  }

  private void frames(ByteBuf in) {
    int preface = Math.min(skip, in.readableBytes());
    skip -= preface;
    in.skipBytes(preface);
    while (in.readableBytes() >= Http2.HEAD_BYTES) {
      int at = in.readerIndex();
      long head = in.getLong(at);
      int length = (int) (head >>> LENGTH_SHIFT);
      if (length > Http2.MAX_PAYLOAD) {
        throw new IllegalStateException("a frame of " + length + " bytes");
      }
      if (in.readableBytes() < Http2.HEAD_BYTES + length) {
        return;
      }
      int stream = in.getInt(at + 5) & Integer.MAX_VALUE;
      frame(head, stream, in, at + Http2.HEAD_BYTES, length);
      in.readerIndex(at + Http2.HEAD_BYTES + length);
    }
  }

  private void frame(long head, int stream, ByteBuf in, int from, int length) {
    int flags = (int) (head >>> FLAGS_SHIFT) & BYTE;
    switch ((int) (head >>> TYPE_SHIFT) & BYTE) {
      case Http2.DATA -> data(flags, stream, in, from, length);
      case Http2.HEADERS -> sink.headers(stream, (flags & Http2.END_STREAM) != 0);
      case Http2.RST_STREAM -> sink.reset(stream, in.getInt(from));
      case Http2.SETTINGS -> settings(flags, in, from, length);
      case Http2.PING -> {
        if ((flags & Http2.ACK) == 0) {
          sink.ping(in.getLong(from));
        }
      }
      case Http2.GO_AWAY -> sink.goAway(in.getInt(from + Integer.BYTES));
      case Http2.WINDOW_UPDATE -> sink.windowUpdate(stream, in.getInt(from) & Integer.MAX_VALUE);
      default -> {
        // What a later HTTP/2 adds is ignored, as its rules say.
      }
    }
  }

  private void data(int flags, int stream, ByteBuf in, int from, int length) {
    int padding = (flags & Http2.PADDED) == 0 ? 0 : 1 + (in.getByte(from) & BYTE);
    if (padding > length) {
      throw new IllegalStateException("more padding than frame");
    }
    int start = padding == 0 ? from : from + 1;
    sink.data(stream, in, start, length - padding, length, (flags & Http2.END_STREAM) != 0);
  }

  private void settings(int flags, ByteBuf in, int from, int length) {
    if ((flags & Http2.ACK) != 0) {
      return;
    }
    for (int at = from; at < from + length; at += SETTING_BYTES) {
      sink.setting(in.getUnsignedShort(at), in.getInt(at + Short.BYTES));
    }
    sink.settingsEnd();
  }
}
