package chat.starling.platform.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads and writes the frames of a client's connection. On its event loop. */
final class Http2Wire extends ByteToMessageDecoder {

  private final Http2FrameReader reader = new DefaultHttp2FrameReader();
  private final Http2FrameWriter writer = new DefaultHttp2FrameWriter();
  private final Map<Integer, Http2Call> calls = new HashMap<>();
  private final Queue<Integer> unacknowledged = new ArrayDeque<>();
  private final Frames frames = new Frames();
  private final int connectionWindow;
  private int window;
  private int connectionRead;
  private int nextId = 1;
  private volatile @Nullable String broken;

  @SuppressWarnings("NullAway.Init") // there before anything else
  private ChannelHandlerContext ctx;

  Http2Wire(int window, int connectionWindow) {
    this.window = window;
    this.connectionWindow = connectionWindow;
  }

  void open(Http2Call call, Http2Headers headers) {
    call.opened(nextId, window);
    calls.put(nextId, call);
    nextId += 2;
    var _ = writer.writeHeaders(ctx, call.id(), headers, 0, false, ctx.newPromise());
    ctx.flush();
  }

  void data(Http2Call call, ByteBuf bytes, boolean last) {
    if (call.isOpen()) {
      var _ = writer.writeData(ctx, call.id(), bytes, 0, last, ctx.newPromise());
      ctx.flush();
    }
  }

  void read(Http2Call call, int most) {
    int bytes = call.take(most);
    if (bytes > 0 && call.isOpen()) {
      var _ = writer.writeWindowUpdate(ctx, call.id(), bytes, ctx.newPromise());
      ctx.flush();
    }
  }

  void readAll(Http2Call call) {
    call.readOn();
    read(call, Integer.MAX_VALUE);
  }

  void reset(Http2Call call) {
    if (call.isOpen()) {
      var _ = writer.writeRstStream(ctx, call.id(), Http2Error.CANCEL.code(), ctx.newPromise());
      ctx.flush();
      call.over("reset here");
    }
  }

  /** The window that each stream begins with; it holds from the server's answer on. */
  void streamWindow(int bytes) {
    unacknowledged.add(bytes);
    settings(new Http2Settings().initialWindowSize(bytes));
  }

  @Nullable String broken() {
    return broken;
  }

  @Override
  public void channelActive(ChannelHandlerContext channel) {
    ctx = channel;
    var _ = ctx.write(Http2CodecUtil.connectionPrefaceBuf());
    unacknowledged.add(window);
    settings(new Http2Settings().initialWindowSize(window).pushEnabled(false));
    openConnection(connectionWindow - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    ctx.fireChannelActive();
  }

  @Override
  protected void decode(ChannelHandlerContext channel, ByteBuf in, List<Object> out)
      throws Exception {
    reader.readFrame(channel, in, frames);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    if (!(cause instanceof IOException)) {
      broken = cause.toString();
    }
    var _ = channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) throws Exception {
    super.channelInactive(channel);
    calls.values().forEach(call -> call.over("connection closed"));
  }

  /** The connection's window opens again whenever half of it has come, as most clients do it. */
  private void connectionRead(int bytes) {
    connectionRead += bytes;
    if (connectionRead >= connectionWindow / 2) {
      openConnection(connectionRead);
      connectionRead = 0;
    }
  }

  private void openConnection(int bytes) {
    var _ = writer.writeWindowUpdate(ctx, 0, bytes, ctx.newPromise());
    ctx.flush();
  }

  private void settings(Http2Settings settings) {
    var _ = writer.writeSettings(ctx, settings, ctx.newPromise());
    ctx.flush();
  }

  private final class Frames extends Http2FrameAdapter {

    @Override
    public int onDataRead(
        ChannelHandlerContext channel, int stream, ByteBuf data, int padding, boolean last) {
      Http2Call call = call(stream);
      connectionRead(data.readableBytes() + padding);
      if (!call.data(data, last)) {
        broken = "stream " + stream + " was sent more than its window";
      }
      if (call.reads()) {
        read(call, Integer.MAX_VALUE);
      }
      return 0;
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext channel,
        int stream,
        Http2Headers headers,
        int padding,
        boolean last) {
      call(stream).headers(headers, last);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext channel,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean last) {
      call(stream).headers(headers, last);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext channel, int stream, long code) {
      call(stream).over("reset " + code);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext channel, Http2Settings settings)
        throws Http2Exception {
      Long table = settings.headerTableSize();
      if (table != null) {
        writer.configuration().headersConfiguration().maxHeaderTableSize(table);
      }
      var _ = writer.writeSettingsAck(ctx, ctx.newPromise());
      ctx.flush();
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext channel) {
      int now = unacknowledged.remove();
      int change = now - window;
      window = now;
      calls.values().forEach(call -> call.windowChanged(change));
    }

    @Override
    public void onPingRead(ChannelHandlerContext channel, long data) {
      var _ = writer.writePing(ctx, true, data, ctx.newPromise());
      ctx.flush();
    }

    @Override
    public void onGoAwayRead(
        ChannelHandlerContext channel, int lastStream, long code, ByteBuf debug) {
      if (code != Http2Error.NO_ERROR.code()) {
        broken = "GOAWAY " + code;
      }
    }

    private Http2Call call(int stream) {
      Http2Call call = calls.get(stream);
      if (call == null) {
        throw new IllegalStateException("a frame on stream " + stream + ", which nobody opened");
      }
      return call;
    }
  }
}
