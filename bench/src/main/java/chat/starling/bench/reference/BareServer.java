package chat.starling.bench.reference;

import chat.starling.api.v1.ServerFrame;
import chat.starling.bench.wire.FrameWriter;
import chat.starling.bench.wire.Messages;
import chat.starling.bench.wire.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The limit of the machine: no server on Netty can send the same bytes to the same streams for
 * less. Each event is serialised once; for each connection there is one buffer with the DATA frames
 * of all its streams, one write and one flush; flow control is kept to.
 */
public final class BareServer implements ReferenceServer {

  private final ServerBytes bytes;
  private final Sockets sockets;
  private final Map<EventLoop, BareLoop> loops;
  private final Channel listening;
  private long lastSeq;

  /** Starts it on a free port of the loopback. */
  public BareServer(ReferencePlan plan) {
    bytes = new ServerBytes(plan);
    sockets = new Sockets(plan.loops());
    loops =
        sockets.loops().stream()
            .collect(Collectors.toMap(Function.identity(), loop -> new BareLoop()));
    listening =
        sockets
            .server()
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    BareLoop loop = Objects.requireNonNull(loops.get(channel.eventLoop()));
                    channel.pipeline().addLast(new BareConnection(loop, bytes));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  @Override
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void publish(Publish order) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < order.count(); i++) {
      ServerFrame event = bytes.event(++lastSeq, order.micros());
      messages.add(Messages.prefixed(event.toByteArray()));
    }
    List<byte[]> frames =
        order.joined()
            ? List.of(frame(messages))
            : messages.stream().map(List::of).map(BareServer::frame).toList();
    long last = lastSeq;
    loops.forEach((loop, connections) -> loop.execute(() -> connections.publish(frames, last)));
  }

  @Override
  public void close() {
    var _ = listening.close().syncUninterruptibly();
    sockets.close();
  }

  /** One DATA frame of these messages, for a stream to be named later. */
  private static byte[] frame(List<byte[]> messages) {
    ByteBuf data = Unpooled.buffer();
    messages.forEach(data::writeBytes);
    ByteBuf frame = Unpooled.buffer();
    FrameWriter.data(frame, 0, ByteBufUtil.getBytes(data));
    return ByteBufUtil.getBytes(frame);
  }
}
