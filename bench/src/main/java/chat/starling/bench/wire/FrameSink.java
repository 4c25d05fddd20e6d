package chat.starling.bench.wire;

import io.netty.buffer.ByteBuf;

/**
 * What is done with frames, in the order in which they came. Frames and settings that nobody here
 * needs are left out.
 */
public interface FrameSink {

  /**
   * A DATA frame. Its bytes are the buffer's from {@code from} on, for the time of the call.
   *
   * @param length bytes of data
   * @param counted bytes that the windows pay for: padding too
   * @param end the stream's last frame
   */
  void data(int stream, ByteBuf in, int from, int length, int counted, boolean end);

  /**
   * A HEADERS frame, whose fields are not looked at.
   *
   * @param end the stream's last frame
   */
  void headers(int stream, boolean end);

  /** One setting of the peer's. */
  void setting(int id, int value);

  /** The last setting of a frame, which must be acked. */
  void settingsEnd();

  /** A PING, which must be acked with the same eight bytes. */
  void ping(long bytes);

  /** More may be sent; stream 0 is the connection. */
  void windowUpdate(int stream, int increment);

  /** The peer has ended the stream. */
  void reset(int stream, int code);

  /** The peer takes no more streams. */
  void goAway(int code);
}
