package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Delay;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs things later on this event loop. */
public record LoopDelay(EventLoop loop) implements Delay {

  @Override
  public void run(Duration after, Runnable task) {
    if (after.isZero()) {
      loop.execute(task);
    } else {
      var _ = loop.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
