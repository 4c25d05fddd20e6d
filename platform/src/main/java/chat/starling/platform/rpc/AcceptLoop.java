package chat.starling.platform.rpc;

import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;

/** Makes the event loop on which a server's port accepts connections. */
public final class AcceptLoop {

  private static final Duration LAST_TASKS = Duration.ofSeconds(2);

  private AcceptLoop() {}

  /**
   * A loop of one thread that ends as soon as it is told to. It is told when its port is closed, so
   * nothing comes that a quiet period, by default two seconds, would have to wait for.
   *
   * @param threadName of its thread, which keeps the process alive
   */
  public static EventLoopGroup named(String threadName) {
    return EventLoopGroups.builder()
        .numThreads(1)
        .threadFactory(ThreadFactories.newEventLoopThreadFactory(threadName, false))
        .gracefulShutdown(Duration.ZERO, LAST_TASKS)
        .build();
  }
}
