package chat.starling.gateway.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes on a stream into gRPC messages: a byte that says whether it is compressed, four
 * bytes of length, the message. It looks no further than to the end of the message it is asked for,
 * and what waits is what one piece of the stream holds. Confined to its event loop.
 */
final class Deframer {

  private static final int PREFIX_BYTES = 5;
  private static final byte[] NOTHING = {};

  /** What comes is no message that is taken. */
  enum Fault {
    /** It is longer than it may be. */
    TOO_LONG,
    /** It is compressed, or ends in the middle. */
    UNREADABLE
  }

  private final int maxBytes;
  private byte[] piece = NOTHING;
  private int at;
  private int prefixed;
  private long prefix;
  private byte @Nullable [] message;
  private int filled;
  private @Nullable Fault fault;

  /**
   * @param maxBytes of a message
   */
  Deframer(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The next bytes of the stream, which are not changed any more; only when all before is read. */
  void feed(byte[] next) {
    piece = next;
    at = 0;
  }

  /** The next message; null when more bytes are needed, or after a fault. */
  @Nullable ByteString next() {
    if (fault == null && hasPrefix()) {
      fill();
    }
    byte[] whole = message;
    if (at == piece.length) {
      piece = NOTHING;
      at = 0;
    }
    if (whole == null || filled < whole.length) {
      return null;
    }
    message = null;
    prefixed = 0;
    prefix = 0;
    return UnsafeByteOperations.unsafeWrap(whole);
  }

  /** Why there will be no more messages; null while nothing is wrong. */
  @Nullable Fault fault() {
    return fault;
  }

  /** The stream has ended; all messages of it have been read. */
  void end() {
    if (fault == null && prefixed > 0) {
      fault = Fault.UNREADABLE;
    }
  }

  private boolean hasPrefix() {
    while (prefixed < PREFIX_BYTES && at < piece.length) {
      prefix = (prefix << 8) | (piece[at++] & 0xff);
      prefixed++;
      if (prefixed == PREFIX_BYTES) {
        begin(prefix >>> 32, prefix & 0xffff_ffffL);
      }
    }
    return message != null;
  }

  private void begin(long flag, long length) {
    if (flag != 0) {
      fault = Fault.UNREADABLE;
    } else if (length > maxBytes) {
      fault = Fault.TOO_LONG;
    } else {
      message = new byte[(int) length];
      filled = 0;
    }
  }

  private void fill() {
    byte[] to = message;
    if (to != null) {
      int count = Math.min(to.length - filled, piece.length - at);
      System.arraycopy(piece, at, to, filled, count);
      at += count;
      filled += count;
    }
  }
}
