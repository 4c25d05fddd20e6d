package chat.starling.channel.store.outbox;

import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;

/** The figures that a channel server tells about its outbox. */
final class OutboxMetrics {

  private final LongCounter published;
  private final LongCounter failures;
  private final LongUpDownCounter waiting;

  /** Figures that go to this meter. */
  OutboxMetrics(Meter meter) {
    published = meter.counterBuilder("starling.outbox.events").setUnit("{event}").build();
    failures = meter.counterBuilder("starling.outbox.run.failures").setUnit("{run}").build();
    waiting = meter.upDownCounterBuilder("starling.outbox.runs.waiting").setUnit("{run}").build();
  }

  /** A run was taken in. */
  void taken() {
    waiting.add(1);
  }

  /** A run was refused for want of room. */
  void refused() {
    failures.add(1);
  }

  /** Kafka has all of a run of so many events. */
  void published(int events) {
    waiting.add(-1);
    published.add(events);
  }

  /** A run that had been taken in failed. */
  void failed() {
    waiting.add(-1);
    failures.add(1);
  }
}
