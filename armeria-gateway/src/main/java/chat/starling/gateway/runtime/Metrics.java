package chat.starling.gateway.runtime;

import chat.starling.api.v1.Reason;
import chat.starling.platform.rpc.RefusalStatus;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/** What a gateway counts. Names and attributes are those of the telemetry module's README. */
public final class Metrics {

  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> STATE =
      AttributeKey.stringKey("starling.session.state");
  private static final Attributes CONNECTED = Attributes.of(STATE, "connected");
  private static final Attributes DORMANT = Attributes.of(STATE, "dormant");

  private final LongCounter sends;
  private final LongCounter refusals;
  private final LongCounter resumes;
  private final LongCounter fallenBehind;
  private final LongCounter pushes;

  /** Counters of this meter. */
  public Metrics(Meter meter) {
    sends = meter.counterBuilder("starling.sends").setUnit("{message}").build();
    refusals = meter.counterBuilder("starling.refusals").setUnit("{refusal}").build();
    fallenBehind = meter.counterBuilder("starling.fallen_behind").setUnit("{session}").build();
    pushes = meter.counterBuilder("starling.pushes").setUnit("{view}").build();
    resumes = meter.counterBuilder("starling.resumes").setUnit("{session}").build();
  }

  /** Lets the meter read what is counted elsewhere, whenever it likes. */
  public static void observe(Meter meter, Sessions sessions, Relays relays) {
    meter
        .upDownCounterBuilder("starling.sessions")
        .setUnit("{session}")
        .buildWithCallback(counter -> {
          counter.record(sessions.connected(), CONNECTED);
          counter.record(sessions.dormant(), DORMANT);
        });
    meter
        .upDownCounterBuilder("starling.sessions.pending")
        .setUnit("By")
        .buildWithCallback(counter -> counter.record(sessions.pendingBytes()));
    meter
        .counterBuilder("starling.deliveries")
        .setUnit("{event}")
        .buildWithCallback(counter -> counter.record(relays.deliveries()));
  }

  /** A message became durable. */
  void sent() {
    sends.add(1);
  }

  /** A client was told no. */
  void refused(Reason reason) {
    refusals.add(1, Attributes.of(ERROR_TYPE, RefusalStatus.name(reason)));
  }

  /** Too much waited for a client, and its events were taken back. */
  void fellBehind() {
    fallenBehind.add(1);
  }

  /** A small channel came into a session's view by itself. */
  void pushed() {
    pushes.add(1);
  }

  /** An earlier session goes on. */
  void resumed() {
    resumes.add(1);
  }
}
