package chat.starling.channel.owner;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;

/** The figures that a channel server tells about its feeds. */
public final class FeedMetrics {

  private final LongUpDownCounter active;
  private final LongUpDownCounter streams;
  private final LongCounter failedWrites;
  private final DoubleHistogram appends;
  private final DoubleHistogram historyLag;
  private final DoubleHistogram outboxLag;

  /** Figures that go to this meter. */
  public FeedMetrics(Meter meter) {
    active = meter.upDownCounterBuilder("starling.feed.active").build();
    streams = meter.upDownCounterBuilder("starling.feed.subscriber.streams").build();
    failedWrites = meter.counterBuilder("starling.feed.write.failures").build();
    appends = meter.histogramBuilder("starling.feed.append.duration").setUnit("s").build();
    historyLag = lag(meter, "starling.feed.history.lag", "the history view");
    outboxLag = lag(meter, "starling.feed.outbox.lag", "the outbox");
  }

  private static DoubleHistogram lag(Meter meter, String name, String whom) {
    return meter
        .histogramBuilder(name)
        .setUnit("{event}")
        .setDescription("acked events of a feed that " + whom + " lacks, at each tick")
        .build();
  }

  /** An append was answered after this time. */
  public void appended(long nanos) {
    appends.record(nanos / 1e9);
  }

  /** Gateways' streams came or went. */
  public void streams(int change) {
    streams.add(change);
  }

  /** Feeds became active or passive. */
  void active(int change) {
    active.add(change);
  }

  /** A feed's followers are behind by so many events. */
  void lag(long history, long outbox) {
    historyLag.record((double) history);
    outboxLag.record((double) outbox);
  }

  /** The write of a row failed; it will be tried again. */
  void writeFailed() {
    failedWrites.add(1);
  }
}
