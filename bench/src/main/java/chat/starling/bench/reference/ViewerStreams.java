package chat.starling.bench.reference;

import chat.starling.bench.wire.Http2;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/** The streams of one connection that look at the channel, and what may be sent to each. */
final class ViewerStreams {

  private static final int STREAM_ID_OFFSET = 5;

  /** Streams by their place on the connection: how many frames of theirs came, and their credit. */
  private int[] framesHeard = new int[1];

  private long[] credit = new long[1];

  /** The ids of those that look. */
  private int[] viewers = new int[1];

  private int count;
  private int opened;
  private long connectionCredit = Http2.DEFAULT_WINDOW;
  private int initialWindow = Http2.DEFAULT_WINDOW;

  void initialWindow(int window) {
    for (int i = 0; i < opened; i++) {
      credit[i] += window - initialWindow;
    }
    initialWindow = window;
  }

  void open(int stream) {
    int index = Http2.index(stream);
    if (index >= credit.length) {
      int length = Math.max(index + 1, 2 * credit.length);
      credit = Arrays.copyOf(credit, length);
      framesHeard = Arrays.copyOf(framesHeard, length);
    }
    for (; opened <= index; opened++) {
      credit[opened] = initialWindow;
    }
  }

  /** How many frames the stream has sent with this one. */
  int heard(int index) {
    return ++framesHeard[index];
  }

  void look(int stream) {
    if (count == viewers.length) {
      viewers = Arrays.copyOf(viewers, 2 * count);
    }
    viewers[count++] = stream;
  }

  void close(int stream) {
    for (int i = 0; i < count; i++) {
      if (viewers[i] == stream) {
        viewers[i] = viewers[--count];
        return;
      }
    }
  }

  void moreCredit(int stream, int increment) {
    if (stream == 0) {
      connectionCredit += increment;
    } else {
      credit[Http2.index(stream)] += increment;
    }
  }

  /** Takes the credit for something that is sent to one stream. */
  void spend(int stream, int bytes) {
    connectionCredit -= bytes;
    credit[Http2.index(stream)] -= bytes;
  }

  int count() {
    return count;
  }

  /** Whether so many bytes may be sent to each viewer now. */
  boolean mayTake(int bytes) {
    boolean may = connectionCredit >= (long) count * bytes;
    for (int i = 0; i < count && may; i++) {
      may = credit[Http2.index(viewers[i])] >= bytes;
    }
    return may;
  }

  /**
   * One buffer with the frame for each viewer.
   *
   * @param frame with any stream's id
   */
  ByteBuf compose(ByteBufAllocator alloc, byte[] frame) {
    ByteBuf out = alloc.directBuffer(count * frame.length);
    for (int i = 0; i < count; i++) {
      int at = out.writerIndex();
      out.writeBytes(frame);
      out.setInt(at + STREAM_ID_OFFSET, viewers[i]);
      spend(viewers[i], frame.length - Http2.HEAD_BYTES);
    }
    return out;
  }
}
