package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one gateway: filled by any thread, emptied on the stream's event
 * loop, where all that is due is written in one go. A gateway that does not read is cut off once
 * too many bytes wait.
 */
final class Outbound {

  private static final int BATCH_BYTES = 128 * 1024;

  private final ServerCallStreamObserver<SubscribeResponse> call;
  private final Executor eventLoop;
  private final long maxBytes;
  private final Queue<SubscribeResponse> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean ended;
  private Runnable onEnd = () -> {};

  Outbound(ServerCallStreamObserver<SubscribeResponse> call, Executor eventLoop, long maxBytes) {
    this.call = call;
    this.eventLoop = eventLoop;
    this.maxBytes = maxBytes;
  }

  /** Begins; {@code onEnd} is called when nothing can be written any more. */
  void begin(Runnable onEnd) {
    this.onEnd = onEnd;
    call.setOnReadyHandler(this::schedule);
    call.setOnCancelHandler(() -> end(null));
  }

  /** Writes the message after those before it. */
  void send(SubscribeResponse message) {
    if (ended) {
      return;
    }
    queue.add(message);
    if (bytes.addAndGet(message.getSerializedSize()) > maxBytes) {
      eventLoop.execute(() -> end(tooSlow()));
    } else {
      schedule();
    }
  }

  /** Ends the stream with this fault after what is being written. */
  void fail(Throwable fault) {
    eventLoop.execute(() -> end(fault));
  }

  /** Ends the stream as the gateway asked for. */
  void complete() {
    eventLoop.execute(() -> {
      if (!ended) {
        end(null);
        call.onCompleted();
      }
    });
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      eventLoop.execute(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    if (ended || !call.isReady()) {
      return;
    }
    long written = 0;
    SubscribeResponse next = queue.peek();
    while (next != null && written < BATCH_BYTES) {
      queue.remove();
      call.onNext(next);
      written += next.getSerializedSize();
      next = queue.peek();
    }
    bytes.addAndGet(-written);
    if (next != null && call.isReady()) {
      schedule();
    }
  }

  private void end(@Nullable Throwable fault) {
    if (ended) {
      return;
    }
    ended = true;
    queue.clear();
    if (fault != null) {
      call.onError(fault);
    }
    onEnd.run();
  }

  private static Throwable tooSlow() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .message("the gateway does not read what it subscribed to")
        .toException();
  }
}
