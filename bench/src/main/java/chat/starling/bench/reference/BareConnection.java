package chat.starling.bench.reference;

import chat.starling.bench.wire.FrameReader;
import chat.starling.bench.wire.FrameSink;
import chat.starling.bench.wire.FrameWriter;
import chat.starling.bench.wire.HeaderBlock;
import chat.starling.bench.wire.Http2;
import chat.starling.bench.wire.Messages;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the bare server: answers what a client says first, then writes the same bytes
 * to all its streams. On one event loop.
 */
final class BareConnection extends ChannelInboundHandlerAdapter implements FrameSink {

  private static final byte[] RESPONSE = HeaderBlock.response();
  private static final int MAX_STREAMS = 1_000_000;
  private static final int HELLO = 1;
  private static final int FOCUS = 2;

  private final BareLoop loop;
  private final ServerBytes bytes;
  private final FrameReader frames = new FrameReader(this, Http2.preface().length);
  private final Messages messages = new Messages((index, in, from, length) -> message(index));
  private final ViewerStreams streams = new ViewerStreams();

  /** Frames that wait for credit. */
  private final Queue<byte[]> waiting = new ArrayDeque<>();

  private int connectionOwed;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf answer;

  BareConnection(BareLoop loop, ServerBytes bytes) {
    this.loop = loop;
    this.bytes = bytes;
  }

  /** Sends DATA frames to all viewers, each its own: one write a frame, and one flush. */
  void publish(List<byte[]> next) {
    if (streams.count() > 0) {
      waiting.addAll(next);
      sendWaiting();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    loop.add(this);
    FrameWriter.settings(
        answer(),
        Http2.SETTING_MAX_STREAMS,
        MAX_STREAMS,
        Http2.SETTING_INITIAL_WINDOW,
        Http2.CONNECTION_WINDOW);
    FrameWriter.windowUpdate(answer(), 0, Http2.CONNECTION_WINDOW);
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    frames.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    frames.read((ByteBuf) read);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
    sendWaiting();
  }

  /** Whoever leaves cuts the connection; what it thought of that is of no interest. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
    var _ = ctx.close();
  }

  @Override
  public void headers(int stream, boolean end) {
    streams.open(stream);
    FrameWriter.headers(answer(), stream, RESPONSE);
  }

  @Override
  public void data(int stream, ByteBuf in, int from, int length, int counted, boolean end) {
    connectionOwed += counted;
    if (connectionOwed >= Http2.CONNECTION_WINDOW / 2) {
      FrameWriter.windowUpdate(answer(), 0, connectionOwed);
      connectionOwed = 0;
    }
    messages.data(Http2.index(stream), in, from, length);
    if (end) {
      streams.close(stream);
    }
  }

  @Override
  public void setting(int id, int value) {
    if (id == Http2.SETTING_INITIAL_WINDOW) {
      streams.initialWindow(value);
    }
  }

  @Override
  public void settingsEnd() {
    FrameWriter.settingsAck(answer());
  }

  @Override
  public void ping(long opaque) {
    FrameWriter.pingAck(answer(), opaque);
  }

  @Override
  public void windowUpdate(int stream, int increment) {
    streams.moreCredit(stream, increment);
  }

  @Override
  public void reset(int stream, int code) {
    streams.close(stream);
  }

  @Override
  public void goAway(int code) {}

  /** By the order of its messages: Hello, Focus, heartbeats. */
  private void message(int index) {
    int stream = Http2.streamId(index);
    switch (streams.heard(index)) {
      case HELLO -> say(stream, Messages.prefixed(bytes.ready().toByteArray()));
      case FOCUS -> {
        say(stream, Messages.prefixed(bytes.focused(loop.lastSeq()).toByteArray()));
        streams.look(stream);
      }
      default -> say(stream, Messages.prefixed(bytes.heartbeat().toByteArray()));
    }
  }

  private void say(int stream, byte[] wire) {
    streams.spend(stream, wire.length);
    FrameWriter.data(answer(), stream, wire);
  }

  private void sendWaiting() {
    boolean sent = false;
    for (byte[] next = waiting.peek();
        next != null && streams.mayTake(next.length - Http2.HEAD_BYTES);
        next = waiting.peek()) {
      waiting.remove();
      var to = context();
      var _ = to.write(streams.compose(to.alloc(), next), to.voidPromise());
      sent = true;
    }
    if (sent) {
      context().flush();
    }
  }

  private ByteBuf answer() {
    ByteBuf open = answer;
    if (open == null) {
      open = context().alloc().buffer();
      answer = open;
    }
    return open;
  }

  private void flush() {
    ByteBuf open = answer;
    if (open != null) {
      answer = null;
      var _ = context().writeAndFlush(open, context().voidPromise());
    }
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }
}
