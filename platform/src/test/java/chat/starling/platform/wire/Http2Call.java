package chat.starling.platform.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One stream of an {@link Http2Peer}. */
public final class Http2Call {

  private final Http2Peer peer;
  private final ByteBuf received = Unpooled.buffer();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private int id;
  private long window;
  private int frames;
  private int longest;
  private int unread;
  private boolean reading;
  private @Nullable String grpcStatus;

  Http2Call(Http2Peer peer) {
    this.peer = peer;
  }

  /** Sends a gRPC message. */
  public Http2Call say(byte[] message) {
    ByteBuf wire = Unpooled.buffer(5 + message.length, 5 + message.length);
    wire.writeByte(0).writeInt(message.length).writeBytes(message);
    peer.say(this, wire.array(), false);
    return this;
  }

  /** Says that nothing more follows. */
  public void halfClose() {
    peer.say(this, new byte[0], true);
  }

  /** Resets the stream. */
  public void reset() {
    peer.reset(this);
  }

  /** Opens the stream's window by what has come so far, no more than this. */
  public void read(int most) {
    peer.read(this, most);
  }

  /** From now on the window opens by all that comes. */
  public Http2Call readAll() {
    peer.readAll(this);
    return this;
  }

  /** The bytes of all DATA frames so far. */
  public synchronized byte[] received() {
    byte[] copy = new byte[received.readableBytes()];
    received.getBytes(received.readerIndex(), copy);
    return copy;
  }

  /** How many bytes have come. */
  public synchronized int size() {
    return received.readableBytes();
  }

  /** DATA frames that carried something. */
  public synchronized int frames() {
    return frames;
  }

  /** Bytes of the longest of them. */
  public synchronized int longestFrame() {
    return longest;
  }

  /** How the stream ended: {@code grpc-status N}, {@code end}, {@code reset N} or otherwise. */
  public CompletableFuture<String> end() {
    return end;
  }

  void opened(int stream, int initialWindow) {
    id = stream;
    window = initialWindow;
  }

  int id() {
    return id;
  }

  boolean isOpen() {
    return !end.isDone();
  }

  boolean reads() {
    return reading;
  }

  void readOn() {
    reading = true;
  }

  /** Takes so many unread bytes, or all there are. */
  int take(int most) {
    int bytes = Math.min(most, unread);
    unread -= bytes;
    window += bytes;
    return bytes;
  }

  void windowChanged(int by) {
    window += by;
  }

  /** False when there are more bytes than the window allows. */
  synchronized boolean data(ByteBuf bytes, boolean last) {
    int length = bytes.readableBytes();
    frames += length == 0 ? 0 : 1;
    longest = Math.max(longest, length);
    unread += length;
    window -= length;
    received.writeBytes(bytes);
    if (last) {
      over("end");
    }
    return window >= 0 || !isOpen();
  }

  void headers(Http2Headers headers, boolean last) {
    CharSequence status = headers.get("grpc-status");
    if (status != null) {
      grpcStatus = "grpc-status " + status;
    }
    if (last) {
      over(grpcStatus == null ? "end" : grpcStatus);
    }
  }

  void over(String how) {
    end.complete(how);
  }
}
