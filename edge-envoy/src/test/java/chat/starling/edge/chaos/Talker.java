package chat.starling.edge.chaos;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Sent;
import chat.starling.client.RefusedException;
import chat.starling.client.StarlingClient;
import chat.starling.edge.crowd.Ledger;
import chat.starling.edge.crowd.Texts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sender in one channel: writes, waits for the ack, thinks, and writes again. So the wait for
 * an ack is what a person would have seen, and not that of a queue.
 */
final class Talker {

  private static final Executor THINKING = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final String name;
  private final StarlingClient client;
  private final long channel;
  private final Texts texts;
  private final Ledger ledger;
  private final SendTimes times;
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile long lastAckedSend = Long.MIN_VALUE;
  private volatile boolean stopping;
  private int written;

  Talker(
      String name, StarlingClient client, long channel, long seed, Ledger ledger, SendTimes times) {
    this.name = name;
    this.client = client;
    this.channel = channel;
    this.texts = new Texts(seed);
    this.ledger = ledger;
    this.times = times;
  }

  void begin() {
    THINKING.execute(this::write);
  }

  /** Completes when it waits for no answer any more. */
  CompletableFuture<Void> stop() {
    stopping = true;
    return stopped;
  }

  /** When it sent the last message that was acked, by {@link System#nanoTime}. */
  long lastAckedSend() {
    return lastAckedSend;
  }

  List<String> refusals() {
    return refusals;
  }

  private void write() {
    if (stopping) {
      stopped.complete(null);
      return;
    }
    written++;
    String text = texts.next(name + "/" + channel + "/" + written);
    long begun = System.nanoTime();
    var _ =
        client
            .send(channel, text)
            .handle((sent, failure) -> answered(text, begun, sent, failure))
            .thenRunAsync(this::write, THINKING);
  }

  private boolean answered(
      String text, long begun, @Nullable Sent sent, @Nullable Throwable failure) {
    times.add(channel, new SendTimes.Span(begun, System.nanoTime()));
    if (sent == null) {
      failed(text, failure);
      return false;
    }
    try {
      ledger.acked(channel, Ledger.Entry.of(sent, text));
    } catch (AssertionError e) {
      refusals.add(String.valueOf(e.getMessage()));
    }
    lastAckedSend = begun;
    return true;
  }

  private void failed(String text, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RefusedException refused && refused.reason() == Reason.REASON_TIMEOUT) {
      ledger.unknown(channel, text);
    } else {
      refusals.add("%s in channel %d was refused: %s".formatted(name, channel, cause));
    }
  }
}
