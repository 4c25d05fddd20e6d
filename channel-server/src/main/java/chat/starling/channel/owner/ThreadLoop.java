package chat.starling.channel.owner;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop that is one thread; a second one, shared by all loops, only counts the time of delays. */
public final class ThreadLoop implements Loop {

  private static final Logger log = LoggerFactory.getLogger(ThreadLoop.class);

  private final ThreadPoolExecutor thread;
  private final ScheduledExecutorService timer;

  /** A loop whose thread bears this name. */
  public ThreadLoop(String name, ScheduledExecutorService timer) {
    this.timer = timer;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedTransferQueue<>(),
            Thread.ofPlatform().name(name).daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /** The thread that counts delays for any number of loops. */
  public static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("feed-timer").daemon().factory());
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(() -> run(task));
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    var _ = timer.schedule(() -> execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the thread; tasks that wait are dropped. */
  public void stop() {
    thread.shutdownNow();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a task of a feed loop failed", e);
    }
  }
}
