package chat.starling.gateway.upstream;

import chat.starling.gateway.routing.CallCounters;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.IntSupplier;

/** What is counted of the calls to channel servers. */
final class UpstreamMetrics implements CallCounters {

  private final LongCounter notOwner;
  private final LongCounter retries;

  UpstreamMetrics(Meter meter) {
    notOwner = meter.counterBuilder("starling.upstream.not_owner").setUnit("{answer}").build();
    retries = meter.counterBuilder("starling.upstream.retries").setUnit("{attempt}").build();
  }

  /** Lets the meter read how many circuits are open, whenever it likes. */
  static void observe(Meter meter, IntSupplier openCircuits) {
    meter
        .upDownCounterBuilder("starling.upstream.open_circuits")
        .setUnit("{circuit}")
        .buildWithCallback(counter -> counter.record(openCircuits.getAsInt()));
  }

  @Override
  public void notOwner() {
    notOwner.add(1);
  }

  @Override
  public void retried() {
    retries.add(1);
  }
}
