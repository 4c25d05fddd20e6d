package chat.starling.gateway.delivery;

import java.time.Duration;

/** Runs something later on the event loop of whoever asks. */
@FunctionalInterface
public interface Delay {

  /** Runs the task once, after the time has passed; after none, behind all that waits already. */
  void run(Duration after, Runnable task);
}
