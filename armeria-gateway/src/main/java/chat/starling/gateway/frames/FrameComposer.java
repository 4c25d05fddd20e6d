package chat.starling.gateway.frames;

import chat.starling.gateway.delivery.Outflow;
import chat.starling.gateway.delivery.Trunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Composes the DATA frames of all streams of one HTTP/2 connection into one buffer, which is
 * written and flushed once a turn of the event loop. It goes past Netty's encoder, whose windows it
 * keeps to by {@link StreamCredit}; headers, trailers and everything else remain the encoder's. On
 * the connection's event loop only.
 *
 * <p>With TLS nothing differs: Netty's SslHandler counts what it has not encrypted yet as pending
 * in the channel, so that the channel stops taking more at the same bytes.
 */
final class FrameComposer implements Trunk {

  private static final AttributeKey<FrameComposer> OF_CHANNEL =
      AttributeKey.valueOf(FrameComposer.class, "composer");

  private static final int HEADER = 9;

  /** Streams from which on they are written to together. */
  private static final int SHARED = 8;

  /** A turn's buffer beyond which it is handed to the channel and another begun. */
  private static final int BUFFER_LIMIT = 256 * 1024;

  /**
   * Keeps buffers of this size; Netty's usual allocator makes many of them anew, and clears them.
   */
  private static final ByteBufAllocator BUFFERS = PooledByteBufAllocator.DEFAULT;

  /**
   * The channel itself is never full before its backlog is: that would cost a look at each stream.
   */
  private static final int CHANNEL_BOUND = 4;

  /** A turn's buffers are as large as those of the turns before it, shrinking by this part. */
  private static final int SHRINKING = 8;

  private final Channel channel;
  private final ChannelHandlerContext http2;
  private final Http2Connection connection;
  private final Http2ConnectionHandler handler;
  private final Http2RemoteFlowController flow;
  private final Http2Connection.PropertyKey ofStream;
  private final FlushTurn turn;
  private final Backlog backlog;
  private final CreditBudget budget = new CreditBudget();
  private @Nullable ByteBuf open;

  /** Who waits for room; few connections ever have any. */
  private @Nullable ArrayDeque<Outflow> parked;

  private int maxFrame;
  private int streams;
  private int usualTurn;
  private int lanes;
  private int composed;
  private int initialWindow;
  private boolean dirty;

  private FrameComposer(Channel channel, Http2ConnectionHandler handler, int maxPending) {
    this.channel = channel;
    this.handler = handler;
    this.http2 = channel.pipeline().context(handler);
    this.connection = handler.connection();
    this.flow = handler.encoder().flowController();
    this.initialWindow = flow.initialWindowSize();
    this.maxFrame = maxFrame();
    this.ofStream = connection.newKey();
    this.turn = FlushTurn.of(channel.eventLoop());
    this.backlog = new Backlog(maxPending);
    int most = CHANNEL_BOUND * maxPending;
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(most / 2, most));
    connection.addListener(new Streams());
    channel.pipeline().addBefore(http2.name(), null, new Order());
  }

  /**
   * The composer of the channel, or null when the channel does not speak HTTP/2.
   *
   * @param maxPending bytes that may wait in the channel before its streams are held back
   */
  static @Nullable FrameComposer of(Channel channel, int maxPending) {
    FrameComposer known = channel.attr(OF_CHANNEL).get();
    if (known != null) {
      return known;
    }
    Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
    if (handler == null) {
      return null;
    }
    FrameComposer made = new FrameComposer(channel, handler, maxPending);
    channel.attr(OF_CHANNEL).set(made);
    return made;
  }

  /** The stream whose headers have just been read; null when it is gone already. */
  @Nullable Http2Stream newestStream() {
    return connection.stream(connection.remote().lastStreamCreated());
  }

  /** Frames of this stream come from there, which is told when the stream is over. */
  StreamCredit attach(Http2Stream stream, ComposedConnection session) {
    streams++;
    stream.setProperty(ofStream, session);
    return new StreamCredit(flow, budget, connection.connectionStream(), stream, session::granted);
  }

  /** So many streams share the connection that writing to them together pays. */
  boolean isShared() {
    return streams >= SHARED;
  }

  /** Another stream is written to together with others, or one fewer. */
  void lanesChanged(int by) {
    lanes += by;
  }

  @Override
  public boolean isReady() {
    settleWindows();
    return hasRoom();
  }

  @Override
  public boolean hasRoom() {
    return !backlog.isFull() && channel.isWritable();
  }

  @Override
  public boolean hasWindow() {
    return flow.windowSize(connection.connectionStream()) > 0;
  }

  @Override
  public void whenRoom(Outflow waiting) {
    ArrayDeque<Outflow> known = parked;
    if (known == null) {
      known = new ArrayDeque<>(4);
      parked = known;
    }
    known.add(waiting);
  }

  /** How much a stream may ask for that needs so much, and will soon need more. */
  int reserve(int needed) {
    return budget.ask(needed, flow.windowSize(connection.connectionStream()), lanes);
  }

  /** Composes as many frames as these bytes of the queue need. */
  void compose(int streamId, StreamQueue queue, int bytes) {
    int left = bytes;
    while (left > 0) {
      int length = Math.min(left, maxFrame);
      ByteBuf out = buffer(HEADER + length);
      header(out, streamId, length);
      queue.moveTo(out, length);
      left -= length;
    }
    touch();
  }

  @Override
  public void write(int stream, byte[] wire) {
    int length = wire.length;
    budget.used(length);
    if (length > maxFrame) {
      writeSplit(stream, wire);
      return;
    }
    ByteBuf out = buffer(HEADER + length);
    header(out, stream, length);
    out.writeBytes(wire);
    touch();
  }

  private void writeSplit(int stream, byte[] wire) {
    for (int at = 0; at < wire.length; at += maxFrame) {
      int length = Math.min(maxFrame, wire.length - at);
      ByteBuf out = buffer(HEADER + length);
      header(out, stream, length);
      out.writeBytes(wire, at, length);
    }
    touch();
  }

  /** Length in 24 bits, type, no flags, stream: nine bytes in two steps. */
  private static void header(ByteBuf out, int stream, int length) {
    out.writeLong((long) length << 40 | (long) Http2FrameTypes.DATA << 32 | stream >>> 8);
    out.writeByte(stream);
  }

  /** Lets the session go on at the end of this turn. */
  void resume(ComposedConnection session) {
    turn.resume(session);
  }

  private void handOver() {
    ByteBuf full = open;
    if (full != null) {
      open = null;
      int bytes = full.readableBytes();
      composed += bytes;
      backlog.added(bytes);
      var _ = http2.write(full).addListener(left -> left(bytes));
    }
  }

  private void left(int bytes) {
    if (backlog.left(bytes)) {
      unpark();
    }
  }

  /** Everything of this turn is composed. */
  void endTurn() {
    dirty = false;
    handOver();
    usualTurn = Math.max(composed, usualTurn - usualTurn / SHRINKING);
    composed = 0;
    http2.flush();
  }

  private void touch() {
    if (!dirty) {
      dirty = true;
      turn.add(this);
    }
  }

  private ByteBuf buffer(int room) {
    ByteBuf now = open;
    if (now != null && now.readableBytes() + room > BUFFER_LIMIT) {
      handOver();
      now = null;
    }
    if (now == null) {
      int expected = Math.min(BUFFER_LIMIT, usualTurn - composed);
      now = BUFFERS.directBuffer(Math.max(expected, room));
      open = now;
    }
    return now;
  }

  private int maxFrame() {
    return handler.encoder().configuration().frameSizePolicy().maxFrameSize();
  }

  /** A client that changes its streams' window takes back what was set aside under the old one. */
  void settleWindows() {
    maxFrame = maxFrame();
    if (flow.initialWindowSize() == initialWindow) {
      return;
    }
    initialWindow = flow.initialWindowSize();
    try {
      connection.forEachActiveStream(stream -> {
        ComposedConnection session = stream.getProperty(ofStream);
        if (session != null) {
          session.giveBackCredit();
        }
        return true;
      });
      flow.writePendingBytes(); // those who wait for more than they gave back get it here
    } catch (Http2Exception e) {
      throw new IllegalStateException("giving back credit throws nothing", e);
    }
  }

  private void unpark() {
    ArrayDeque<Outflow> known = parked;
    if (known == null) {
      return;
    }
    for (int i = known.size(); i > 0 && hasRoom(); i--) {
      known.remove().flush();
    }
  }

  private final class Streams extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      ComposedConnection session = stream.removeProperty(ofStream);
      if (session != null) {
        streams--;
        session.streamClosed();
      }
    }
  }

  /** What the encoder writes comes behind what was composed before. */
  private final class Order extends ChannelDuplexHandler {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      handOver();
      var _ = ctx.write(message, promise);
    }

    /** What was read may have opened the connection's window. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.fireChannelReadComplete();
      unpark();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      ctx.fireChannelWritabilityChanged();
      unpark();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      ByteBuf left = open;
      if (left != null) {
        open = null;
        left.release();
      }
    }
  }
}
