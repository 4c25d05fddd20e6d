package chat.starling.gateway.runtime;

import chat.starling.api.v1.Refusal;
import chat.starling.gateway.delivery.ChannelView;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Does again after a while what did not work for a view, for as long as it is in view. On the
 * session's event loop.
 *
 * @param inView whether the session still has this view
 */
record ViewRetries(EventLoop loop, Predicate<ChannelView> inView) {

  private static final long WAIT_MILLIS = 250;

  /** What passes is no answer to a Focus: the client waits, as it would for a slow server. */
  void refuseOrRetry(ChannelView view, Throwable fault, Runnable again) {
    Refusal refusal = Faults.refusal(fault);
    if (Faults.passes(refusal)) {
      later(view, again);
    } else {
      view.refuse(refusal);
    }
  }

  /** Does it after a wait with jitter. */
  void later(ChannelView view, Runnable what) {
    long wait = WAIT_MILLIS + ThreadLocalRandom.current().nextLong(WAIT_MILLIS);
    var _ =
        loop.schedule(
            () -> {
              if (inView.test(view)) {
                what.run();
              }
            },
            wait,
            TimeUnit.MILLISECONDS);
  }
}
