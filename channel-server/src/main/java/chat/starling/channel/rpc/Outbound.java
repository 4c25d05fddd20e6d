package chat.starling.channel.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.MessageLite;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one gateway: filled by any thread, emptied on the stream's event
 * loop, where all that is due is written in one go. A gateway that does not read is cut off once
 * too many bytes wait.
 */
final class Outbound<M extends MessageLite> {

  private static final int BATCH_BYTES = 128 * 1024;

  private final ServerCallStreamObserver<?> call;
  private final Executor eventLoop;
  private final long maxBytes;
  private final Queue<M> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final List<M> batch = new ArrayList<>();
  private volatile boolean ended;
  private Consumer<List<M>> writer = messages -> {};
  private Runnable onEnd = () -> {};

  Outbound(ServerCallStreamObserver<?> call, Executor eventLoop, long maxBytes) {
    this.call = call;
    this.eventLoop = eventLoop;
    this.maxBytes = maxBytes;
  }

  /**
   * Begins.
   *
   * @param writer writes messages that are due together to the call; keeps nothing of the list
   * @param onEnd is called when nothing can be written any more
   */
  void begin(Consumer<List<M>> writer, Runnable onEnd) {
    this.writer = writer;
    this.onEnd = onEnd;
    call.setOnReadyHandler(this::schedule);
    call.setOnCancelHandler(() -> end(null));
  }

  /** Writes the message after those before it. */
  void send(M message) {
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

  /** Ends the stream with this fault after all that waits. */
  void fail(Throwable fault) {
    eventLoop.execute(() -> {
      boolean more = !ended;
      while (more) {
        more = writeBatch();
      }
      end(fault);
    });
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
    if (!ended && call.isReady() && writeBatch() && call.isReady()) {
      schedule();
    }
  }

  /** Writes what is due, up to a bound; whether more is. */
  private boolean writeBatch() {
    long size = 0;
    M next = queue.peek();
    while (next != null && size < BATCH_BYTES) {
      queue.remove();
      batch.add(next);
      size += next.getSerializedSize();
      next = queue.peek();
    }
    if (!batch.isEmpty()) {
      bytes.addAndGet(-size);
      writer.accept(batch);
      batch.clear();
    }
    return next != null;
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
        .message("the gateway does not read what it asked for")
        .toException();
  }
}
