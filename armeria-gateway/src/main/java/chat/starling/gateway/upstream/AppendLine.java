package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.platform.refusal.RefusedException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way of all appends to one channel server: on one stream, which is opened when an append needs
 * it, and again after it has ended. Appends that come while the event loop is busy are sent
 * together, one that comes alone at once. All state is confined to that loop but for what is due.
 */
final class AppendLine {

  private final FeedServiceStub feeds;
  private final Circuit circuit;
  private final EventLoop loop;
  private final Queue<PendingAppend> due = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private @Nullable AppendStream stream;

  /**
   * @param circuit is told of each append's outcome, and asked before it
   * @param loop best the one of the connection, so that nothing changes threads
   */
  AppendLine(FeedServiceStub feeds, Circuit circuit, EventLoop loop) {
    this.feeds = feeds;
    this.circuit = circuit;
    this.loop = loop;
  }

  /**
   * Sends an append. Fails with the server's refusal as it is; with TIMEOUT when the time is over
   * or the stream was lost after it was sent; with UNAVAILABLE if it was not sent.
   */
  CompletableFuture<AppendResponse> append(
      AppendRequest request, String traceparent, Duration patience) {
    if (!circuit.tryCall()) {
      return CompletableFuture.failedFuture(AttemptFaults.notSent());
    }
    PendingAppend append = new PendingAppend(request, traceparent, patience);
    due.add(append);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
    return append;
  }

  /** Leaves the stream to the server, which ends it with the last answer that is due. */
  void close() {
    loop.execute(() -> {
      if (stream != null) {
        stream.finish();
        stream = null;
      }
    });
  }

  private void drain() {
    scheduled.set(false);
    if (due.isEmpty()) {
      return;
    }
    AppendStream current = stream;
    if (current == null || current.isOver()) {
      current = new AppendStream(loop, this::settle);
      stream = current;
    }
    for (PendingAppend next = due.poll(); next != null; next = due.poll()) {
      current.add(next);
    }
    current.send(feeds);
  }

  /** Tells an append what became of it, and the circuit, unless it was given up. */
  private void settle(
      PendingAppend append, @Nullable AppendResponse response, @Nullable RefusedException fault) {
    append.stopTimer();
    if (append.isDone()) {
      return;
    }
    circuit.ended(fault);
    if (fault != null) {
      append.completeExceptionally(fault);
    } else {
      append.complete(response);
    }
  }
}
