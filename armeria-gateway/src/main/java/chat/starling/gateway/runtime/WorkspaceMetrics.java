package chat.starling.gateway.runtime;

import chat.starling.gateway.workspace.CacheFigures;
import chat.starling.gateway.workspace.Replicas;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;

/** What a gateway counts of the workspaces that it knows. */
public final class WorkspaceMetrics {

  private static final AttributeKey<String> CACHE = AttributeKey.stringKey("starling.cache");
  private static final AttributeKey<Boolean> HIT = AttributeKey.booleanKey("starling.cache.hit");

  private WorkspaceMetrics() {}

  /** Lets the meter read it whenever it likes. */
  public static void observe(Meter meter, Replicas replicas) {
    meter
        .upDownCounterBuilder("starling.workspaces")
        .setUnit("{workspace}")
        .buildWithCallback(counter -> counter.record(replicas.size()));
    meter
        .upDownCounterBuilder("starling.cache.size")
        .setUnit("{entry}")
        .buildWithCallback(counter -> {
          counter.record(replicas.channelFigures().size(), Attributes.of(CACHE, "channels"));
          counter.record(replicas.permitFigures().size(), Attributes.of(CACHE, "permits"));
        });
    meter
        .counterBuilder("starling.cache.lookups")
        .setUnit("{lookup}")
        .buildWithCallback(counter -> {
          for (boolean hit : new boolean[] {true, false}) {
            counter.record(
                count(replicas.channelFigures(), hit), Attributes.of(CACHE, "channels", HIT, hit));
            counter.record(
                count(replicas.permitFigures(), hit), Attributes.of(CACHE, "permits", HIT, hit));
          }
        });
  }

  private static long count(CacheFigures figures, boolean hit) {
    return hit ? figures.hits() : figures.misses();
  }
}
