package chat.starling.platform.rpc;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The event loop, of one thread, on which a server's port accepts connections. It ends as soon as
 * it is told to. It is told when its port is closed, so nothing comes that a quiet period, by
 * default two seconds, would have to wait for.
 */
public final class AcceptLoop extends MultiThreadIoEventLoopGroup {

  private static final int LAST_TASKS_SECONDS = 2;

  private AcceptLoop(String threadName, IoHandlerFactory transport) {
    super(1, ThreadFactories.newEventLoopThreadFactory(threadName, false), transport);
  }

  /**
   * A loop for the transport that Armeria uses; on those that it uses only when asked to, a usual
   * one.
   *
   * @param threadName of its thread, which keeps the process alive
   */
  public static EventLoopGroup named(String threadName) {
    return switch (Flags.transportType()) {
      case EPOLL -> new AcceptLoop(threadName, EpollIoHandler.newFactory());
      case NIO -> new AcceptLoop(threadName, NioIoHandler.newFactory());
      default -> EventLoopGroups.newEventLoopGroup(1, threadName);
    };
  }

  /** Armeria tells it by this method, past all wrappers. */
  @Override
  public Future<?> shutdownGracefully() {
    return shutdownGracefully(0, LAST_TASKS_SECONDS, TimeUnit.SECONDS);
  }
}
