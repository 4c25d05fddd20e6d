package chat.starling.gateway.upstream;

import chat.starling.gateway.routing.Lane;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A lane on an event loop. */
record EventLoopLane(EventLoop loop, MonotonicClock clock) implements Lane {

  @Override
  public void execute(Runnable step) {
    loop.execute(step);
  }

  @Override
  public Runnable after(Duration wait, Runnable step) {
    var scheduled = loop.schedule(step, wait.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }
}
