package chat.starling.gateway.runtime;

import chat.starling.gateway.admission.WaitingRoom;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.IntSupplier;

/** What is counted of clients that come in. The telemetry module's README lists it. */
final class AdmissionMetrics {

  private static final AttributeKey<String> OUTCOME =
      AttributeKey.stringKey("starling.admission.outcome");
  private static final Attributes ADMITTED = Attributes.of(OUTCOME, "admitted");
  private static final Attributes FULL = Attributes.of(OUTCOME, "queue_full");
  private static final Attributes TOO_LATE = Attributes.of(OUTCOME, "too_late");

  private final LongCounter admissions;

  /**
   * @param waiting reads how many clients wait, on any thread
   */
  AdmissionMetrics(Meter meter, IntSupplier waiting) {
    admissions = meter.counterBuilder("starling.admissions").setUnit("{session}").build();
    meter
        .upDownCounterBuilder("starling.admissions.waiting")
        .setUnit("{session}")
        .buildWithCallback(counter -> counter.record(waiting.getAsInt()));
  }

  void admitted() {
    admissions.add(1, ADMITTED);
  }

  void refused(WaitingRoom.Cause cause) {
    admissions.add(
        1,
        switch (cause) {
          case FULL -> FULL;
          case TOO_LATE -> TOO_LATE;
        });
  }
}
