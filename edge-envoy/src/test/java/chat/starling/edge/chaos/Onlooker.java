package chat.starling.edge.chaos;

import chat.starling.client.StarlingClient;
import chat.starling.edge.chaos.SendTimes.Span;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Somebody who writes every now and then, and how long each ack took. */
final class Onlooker {

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  private final String name;
  private final StarlingClient client;
  private final long channel;
  private final Queue<Span> sends = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile boolean stopping;

  Onlooker(String name, StarlingClient client, long channel) {
    this.name = name;
    this.client = client;
    this.channel = channel;
  }

  void begin() {
    LATER.execute(this::write);
  }

  /** Returns when the last send is answered. */
  void stop() {
    stopping = true;
    stopped.join();
  }

  String name() {
    return name;
  }

  /** How long the sends took that were begun from the one moment to the other. */
  List<Duration> during(Span span) {
    return sends.stream()
        .filter(send -> send.from() >= span.from() && send.from() <= span.to())
        .map(Span::length)
        .toList();
  }

  private void write() {
    if (stopping) {
      stopped.complete(null);
      return;
    }
    long begun = System.nanoTime();
    var _ =
        client
            .send(channel, "still here")
            .handle((sent, failure) -> sends.add(new Span(begun, System.nanoTime())))
            .thenRunAsync(this::write, LATER);
  }
}
