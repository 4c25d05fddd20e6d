package chat.starling.bench.wire;

import java.nio.charset.StandardCharsets;

/** The numbers of HTTP/2 that both ends use. */
public final class Http2 {

  /** Bytes before a frame's payload. */
  public static final int HEAD_BYTES = 9;

  /** Bytes of a frame's payload at most; nobody here asks for more. */
  public static final int MAX_PAYLOAD = 16_384;

  /** What every window holds until somebody says otherwise. */
  public static final int DEFAULT_WINDOW = 65_535;

  /** A stream's window as the project's Envoy grants it to gateways. */
  public static final int STREAM_WINDOW = 64 * 1024;

  /** A connection's window as the project's Envoy grants it to gateways. */
  public static final int CONNECTION_WINDOW = 1024 * 1024 * 1024;

  /** Of {@code SETTINGS}: whether the server may push, 0 for no. */
  public static final int SETTING_ENABLE_PUSH = 2;

  /** Of {@code SETTINGS}: how many streams a client may have open. */
  public static final int SETTING_MAX_STREAMS = 3;

  /** Of {@code SETTINGS}: the window that a stream begins with. */
  public static final int SETTING_INITIAL_WINDOW = 4;

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Http2() {}

  /** What a client says before its first frame. */
  public static byte[] preface() {
    return PREFACE.clone();
  }

  /** The stream that a client opens as its nth, from 0. */
  public static int streamId(int index) {
    return 2 * index + 1;
  }

  /** The place of a client's stream among its streams, from 0. */
  public static int index(int streamId) {
    return (streamId - 1) >>> 1;
  }
}
