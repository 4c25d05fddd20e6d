package chat.starling.gateway.delivery;

import com.google.protobuf.ByteString;

/**
 * One event on its way to viewers, serialised once: all sessions write the same bytes.
 *
 * <p>Not a record because it is shared by identity and its bytes are never compared.
 */
public final class Parcel implements Cargo {

  /** What gRPC puts before a message. */
  static final int PREFIX = 5;

  private final long channelId;
  private final long seq;
  private final String traceparent;
  private final byte[] wire;

  private Parcel(long channelId, long seq, String traceparent, byte[] wire) {
    this.channelId = channelId;
    this.seq = seq;
    this.traceparent = traceparent;
    this.wire = wire;
  }

  /**
   * A parcel of a serialised ServerFrame.
   *
   * @param traceparent empty when the event is not traced
   */
  public static Parcel ofFrame(long channelId, long seq, String traceparent, ByteString frame) {
    byte[] wire = prefixed(frame.size());
    frame.copyTo(wire, PREFIX);
    return new Parcel(channelId, seq, traceparent, wire);
  }

  /** A parcel of a serialised Event, wrapped into the ServerFrame that carries it. */
  public static Parcel ofEvent(long channelId, long seq, ByteString event) {
    return ofFrame(channelId, seq, "", EventFrame.wrap(event));
  }

  /** A frame's bytes behind the five bytes that gRPC puts before a message. */
  static byte[] wire(ByteString frame) {
    byte[] wire = prefixed(frame.size());
    frame.copyTo(wire, PREFIX);
    return wire;
  }

  private static byte[] prefixed(int length) {
    byte[] wire = new byte[PREFIX + length];
    wire[1] = (byte) (length >>> 24);
    wire[2] = (byte) (length >>> 16);
    wire[3] = (byte) (length >>> 8);
    wire[4] = (byte) length;
    return wire;
  }

  /** The channel that the event belongs to. */
  public long channelId() {
    return channelId;
  }

  /** The event's place in its channel. */
  public long seq() {
    return seq;
  }

  /** The traceparent under which the event was published; empty when it was not traced. */
  public String traceparent() {
    return traceparent;
  }

  @Override
  public byte[] wire() {
    return wire;
  }
}
