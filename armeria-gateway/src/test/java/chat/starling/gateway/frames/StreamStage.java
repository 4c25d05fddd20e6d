package chat.starling.gateway.frames;

import chat.starling.platform.wire.Http2Call;
import chat.starling.platform.wire.Http2Peer;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server whose streams are opened by one writer, and clients of it. */
final class StreamStage implements AutoCloseable {

  /** Both ends of a stream. */
  record Pair(Http2Call call, Opened opened) {}

  private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  private final List<Http2Peer> peers = new ArrayList<>();
  private final boolean tls;
  private final Server server;

  /**
   * @param tls clients come by TLS
   * @param maxPending bytes that may wait in a connection
   */
  StreamStage(ClientStreams.Writer writer, boolean tls, int maxPending) {
    this.tls = tls;
    ClientStreams streams = new ClientStreams(writer, maxPending);
    server =
        builder()
            .requestTimeoutMillis(0)
            .maxRequestLength(0)
            .http2MaxStreamsPerConnection(10_000)
            .http2MaxResetFramesPerWindow(100_000, 60)
            .serviceUnder(
                "/",
                (ctx, request) -> {
                  ClientStream stream = streams.of(ctx).open(() -> {});
                  opened.add(new Opened(stream, channel(ctx)));
                  return stream.response();
                })
            .build();
    server.start().join();
  }

  /** A connection whose streams may send so many bytes unread. */
  Http2Peer peer(int streamWindow) {
    int port = server.activeLocalPort();
    return known(tls ? Http2Peer.tls(port, streamWindow) : Http2Peer.plain(port, streamWindow));
  }

  /** A client whose connection's window is so large. */
  Http2Peer peer(int streamWindow, int connectionWindow) {
    return known(Http2Peer.with(tls, server.activeLocalPort(), streamWindow, connectionWindow));
  }

  private Http2Peer known(Http2Peer peer) {
    peers.add(peer);
    return peer;
  }

  /** Opens a stream; one at a time. */
  Pair open(Http2Peer peer) {
    Http2Call call = peer.open("/stream");
    try {
      Opened end = opened.poll(20, TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError(
            "no stream; open: " + peer.isOpen() + ", broken: " + peer.broken() + ", " + call.end());
      }
      return new Pair(call, end);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerBuilder builder() {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return tls
        ? Server.builder().port(address, SessionProtocol.HTTPS).tlsSelfSigned()
        : Server.builder().port(address, SessionProtocol.HTTP);
  }

  private static Channel channel(ServiceRequestContext ctx) {
    return Objects.requireNonNull(ctx.log().partial().channel());
  }

  /** Closes all connections. */
  void hangUp() {
    peers.forEach(Http2Peer::close);
    peers.clear();
  }

  @Override
  public void close() {
    hangUp();
    server.stop().join();
  }
}
