package chat.starling.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Event loops and the sockets on them: epoll where there is epoll. */
public final class Sockets implements AutoCloseable {

  private static final int SMALLEST_READ = 512;
  private static final int FIRST_READ = 2_048;
  private static final int LARGEST_READ = 256 * 1024;
  private static final int BACKLOG = 4_096;

  private final EventLoopGroup group;
  private final List<EventLoop> loops;
  private final Class<? extends SocketChannel> socket;
  private final Class<? extends ServerChannel> serverSocket;

  /** On so many threads. */
  public Sockets(int threads) {
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    loops = Stream.generate(group::next).limit(threads).toList();
    socket = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    serverSocket = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** The loops, one a thread. */
  public List<EventLoop> loops() {
    return loops;
  }

  /** Connects on this loop. */
  public Bootstrap client(EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(socket)
        .option(ChannelOption.RECVBUF_ALLOCATOR, reads());
  }

  /** Listens, and serves each connection on one of the loops. */
  public ServerBootstrap server() {
    return new ServerBootstrap()
        .group(group)
        .channel(serverSocket)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads());
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ);
  }
}
