package chat.starling.client;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread of a client, with the one timer that its session needs. */
final class Loop {
  private static final long UNARMED = Long.MAX_VALUE;

  private final ScheduledExecutorService thread;
  private final boolean owned;
  private volatile @Nullable Thread current;
  private @Nullable ScheduledFuture<?> timer;
  private long armedFor = UNARMED;

  /**
   * @param shared a single-threaded executor that outlives the client; null for one of its own
   */
  Loop(@Nullable ScheduledExecutorService shared) {
    this.owned = shared == null;
    this.thread =
        shared == null ? Executors.newSingleThreadScheduledExecutor(Loop::daemon) : shared;
  }

  /** Runs the task on the thread, after all tasks given before; false once the thread is gone. */
  boolean execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Runs the task at this time unless the timer is armed for an earlier one. Only on the thread.
   */
  void arm(long deadline, Runnable task) {
    if (deadline >= armedFor) {
      return;
    }
    disarm();
    armedFor = deadline;
    long delay = Math.max(0, deadline - MonotonicTime.millis());
    timer = thread.schedule(() -> run(() -> fire(task)), delay, TimeUnit.MILLISECONDS);
  }

  void disarm() {
    if (timer != null) {
      timer.cancel(false);
    }
    armedFor = UNARMED;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(current);
  }

  /** Ends the thread, if it is the client's own, after the tasks given before. */
  void shutdown() {
    if (owned) {
      thread.shutdown();
    }
  }

  /**
   * Waits this many milliseconds for the end of the own thread, then interrupts what it is blocked
   * in.
   */
  void await(long millis) throws InterruptedException {
    if (owned && !thread.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
      thread.shutdownNow();
    }
  }

  private void fire(Runnable task) {
    armedFor = UNARMED;
    task.run();
  }

  private void run(Runnable task) {
    current = Thread.currentThread();
    try {
      task.run();
    } finally {
      current = null;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "starling-client");
    thread.setDaemon(true);
    return thread;
  }
}
