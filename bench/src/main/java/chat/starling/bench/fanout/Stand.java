package chat.starling.bench.fanout;

import chat.starling.bench.drain.Counts;
import chat.starling.bench.drain.Times;
import chat.starling.bench.process.ServerTime;
import java.time.Duration;

/** Viewers of one server. Nobody but their source publishes to their channel. */
public final class Stand implements AutoCloseable {

  /** How messages are sent on their way until the time is over. */
  public interface Sending {
    /**
     * Sends them.
     *
     * @return how many
     */
    long send(Source source, DrainProcess viewers, long firstSeq);
  }

  private final DrainProcess viewers;
  private long published;

  /** The viewers see the channel already. */
  public Stand(DrainProcess viewers) {
    this.viewers = viewers;
    published = viewers.seen();
  }

  /**
   * Sends for a while, and returns what came of it once every viewer has every event.
   *
   * @throws IllegalStateException when a viewer got an event not, twice, or out of order
   */
  DeliverySlice measure(Source source, Sending sending) {
    source.takeStored();
    Counts before = viewers.counts();
    ServerTime timeBefore = ServerTime.of(source.pids());
    long begun = System.nanoTime();
    long sent = sending.send(source, viewers, published + 1);
    published += sent;
    awaitAll(source);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    ServerTime time = ServerTime.of(source.pids()).since(timeBefore);
    Counts after = viewers.counts();
    long deliveries = after.deliveries() - before.deliveries();
    requireProof(source, after, deliveries, sent * viewers.looking());
    return new DeliverySlice(
        took,
        time,
        sent,
        deliveries,
        after.frames() - before.frames(),
        Times.histogram(after.last()),
        source.takeStored());
  }

  @Override
  public void close() {
    viewers.close();
  }

  private void awaitAll(Source source) {
    try {
      viewers.awaitSeen(published);
    } catch (IllegalStateException e) {
      source.requireNoFault();
      throw new IllegalStateException(source.name() + ": " + viewers.counts().line(), e);
    }
  }

  private void requireProof(Source source, Counts counts, long deliveries, long expected) {
    if (counts.gaps() != 0 || counts.duplicates() != 0 || deliveries != expected) {
      throw new IllegalStateException(
          "%s: %d deliveries, %d gaps, %d duplicates (expected: %d, 0, 0)"
              .formatted(source.name(), deliveries, counts.gaps(), counts.duplicates(), expected));
    }
  }
}
