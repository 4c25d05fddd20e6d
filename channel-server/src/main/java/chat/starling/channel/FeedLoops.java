package chat.starling.channel;

import chat.starling.channel.owner.ThreadLoop;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/**
 * The threads on which a server's feeds live, the one on which its ownership does, the one on which
 * the heads of workspaces do, and the one on which it passes others' feeds on.
 *
 * @param timer counts delays for all of them
 */
record FeedLoops(
    List<ThreadLoop> all,
    ThreadLoop ownership,
    ThreadLoop heads,
    ThreadLoop relays,
    ScheduledExecutorService timer) {

  /** Starts so many loops. */
  static FeedLoops start(int count) {
    ScheduledExecutorService timer = ThreadLoop.timer();
    return new FeedLoops(
        IntStream.range(0, count)
            .mapToObj(number -> new ThreadLoop("feeds-" + number, timer))
            .toList(),
        new ThreadLoop("ownership", timer),
        new ThreadLoop("heads", timer),
        new ThreadLoop("relays", timer),
        timer);
  }

  /** Ends all threads; what waits is dropped. */
  void stop() {
    timer.shutdownNow();
    all.forEach(ThreadLoop::stop);
    ownership.stop();
    heads.stop();
    relays.stop();
  }
}
