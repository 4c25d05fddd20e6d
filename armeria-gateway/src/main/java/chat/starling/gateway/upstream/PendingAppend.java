package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AppendManyRequest.Numbered;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An append on its way to a channel server; whoever gives it up cancels it. */
final class PendingAppend extends CompletableFuture<AppendResponse> {

  private final AppendRequest request;
  private final String traceparent;
  private final Duration patience;
  private @Nullable Future<?> timer;
  private long number;

  PendingAppend(AppendRequest request, String traceparent, Duration patience) {
    this.request = request;
    this.traceparent = traceparent;
    this.patience = patience;
  }

  /** Runs the task on the loop once the append's time is over, unless it has been settled. */
  void startTimer(EventLoop loop, Runnable task) {
    timer = loop.schedule(task, patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Calls the timer off; on the loop. */
  void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** As it is sent under this number. */
  Numbered numbered(long unique) {
    number = unique;
    return Numbered.newBuilder()
        .setNumber(unique)
        .setAppend(request)
        .setTraceparent(traceparent)
        .build();
  }

  /** The number under which it was sent; 0 before. */
  long number() {
    return number;
  }
}
