package chat.starling.platform.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one HTTP/2 connection, with nothing of gRPC or flow control in it: it shows
 * which frames come, opens windows only as it is told, and resets streams when it likes. A server
 * that sends more than a stream's window allows is found out.
 */
public final class Http2Peer implements AutoCloseable {

  private static final SslContext TRUSTING_ANYONE = trustingAnyone();

  private static final int HUGE_WINDOW = 1 << 30;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final int port;
  private final boolean tls;
  private final Http2Wire wire;
  private final Channel channel;

  private Http2Peer(int port, boolean tls, int streamWindow, int connectionWindow) {
    this.port = port;
    this.tls = tls;
    this.wire = new Http2Wire(streamWindow, connectionWindow);
    this.channel = connect();
  }

  /**
   * Connects without TLS.
   *
   * @param streamWindow bytes that a stream may send before its call reads any
   */
  public static Http2Peer plain(int port, int streamWindow) {
    return new Http2Peer(port, false, streamWindow, HUGE_WINDOW);
  }

  /** Connects by TLS and believes any certificate. */
  public static Http2Peer tls(int port, int streamWindow) {
    return new Http2Peer(port, true, streamWindow, HUGE_WINDOW);
  }

  /**
   * Connects by TLS or without.
   *
   * @param connectionWindow bytes that all streams together may send before half of them are read;
   *     65,535 or more
   */
  public static Http2Peer with(boolean tls, int port, int streamWindow, int connectionWindow) {
    return new Http2Peer(port, tls, streamWindow, connectionWindow);
  }

  /** Opens a stream by a POST of gRPC. */
  public Http2Call open(String path) {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme(tls ? "https" : "http")
            .authority("localhost:" + port)
            .path(path)
            .add("content-type", "application/grpc")
            .add("te", "trailers");
    Http2Call call = new Http2Call(this);
    run(() -> wire.open(call, headers));
    return call;
  }

  /** Changes how many bytes each stream may send before its call reads any. */
  public void streamWindow(int bytes) {
    run(() -> wire.streamWindow(bytes));
  }

  /** Reads nothing off the connection, or goes on with it. */
  public void deaf(boolean deaf) {
    channel.config().setAutoRead(!deaf);
  }

  /** What the server did that HTTP/2 forbids, or said that we did; null while all is well. */
  public @Nullable String broken() {
    return wire.broken();
  }

  /** The connection is up. */
  public boolean isOpen() {
    return channel.isActive();
  }

  @Override
  public void close() {
    if (!loop.isShuttingDown()) {
      channel.close().syncUninterruptibly();
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  void say(Http2Call call, byte[] bytes, boolean last) {
    run(() -> wire.data(call, Unpooled.wrappedBuffer(bytes), last));
  }

  void read(Http2Call call, int most) {
    run(() -> wire.read(call, most));
  }

  void readAll(Http2Call call) {
    run(() -> wire.readAll(call));
  }

  void reset(Http2Call call) {
    run(() -> wire.reset(call));
  }

  private void run(Runnable action) {
    if (channel.isActive()) {
      channel.eventLoop().execute(action);
    }
  }

  private Channel connect() {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(new Pipeline())
        .connect("127.0.0.1", port)
        .syncUninterruptibly()
        .channel();
  }

  private static SslContext trustingAnyone() {
    try {
      return SslContextBuilder.forClient()
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  "h2"))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel socket) {
      if (tls) {
        socket.pipeline().addLast(TRUSTING_ANYONE.newHandler(socket.alloc()));
      }
      socket.pipeline().addLast(wire);
    }
  }
}
