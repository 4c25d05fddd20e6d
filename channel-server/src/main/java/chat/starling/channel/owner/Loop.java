package chat.starling.channel.owner;

import java.time.Duration;

/** Runs tasks one after the other, in the order in which they were handed in. */
public interface Loop {

  /** Runs the task soon; after the loop has ended, never. */
  void execute(Runnable task);

  /** Runs the task after this time. */
  void schedule(Runnable task, Duration delay);
}
