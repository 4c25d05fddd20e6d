package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedLog;
import chat.starling.otel.receiver.ReceivedMetric;
import chat.starling.otel.receiver.ReceivedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TelemetryIT {

  private static final Logger LOG = LoggerFactory.getLogger("chat.starling.feed");
  private static final ExportPace NEVER_BY_ITSELF =
      new ExportPace(Duration.ofHours(1), Duration.ofHours(1));
  private static final ExportPace QUICK =
      new ExportPace(Duration.ofMillis(10), Duration.ofMillis(50));

  private final OtlpReceiver receiver = OtlpReceiver.start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void twoServers_joinedByATraceParent_makeOneTrace() {
    try (Telemetry gateway = start("gateway", 1);
        Telemetry channel = start("channel-server", 0)) {
      Span send =
          gateway
              .tracer()
              .spanBuilder("starling.send")
              .setNoParent()
              .setSpanKind(SpanKind.SERVER)
              .setAttribute("starling.channel.id", 42)
              .startSpan();
      String carried = TraceParent.of(Context.root().with(send));
      channel
          .tracer()
          .spanBuilder("feed.append")
          .setParent(TraceParent.into(carried))
          .startSpan()
          .end();
      send.end();
    }
    ReceivedSpan send = span("starling.send");
    ReceivedSpan append = span("feed.append");
    assertThat(append.traceId()).isEqualTo(send.traceId()).hasSize(32);
    assertThat(append.parentSpanId()).isEqualTo(send.spanId()).hasSize(16);
    assertThat(append.service()).isEqualTo("channel-server");
    assertThat(send.parentSpanId()).isEmpty();
    assertThat(send.service()).isEqualTo("gateway");
    assertThat(send.kind()).isEqualTo(ReceivedSpan.Kind.SERVER);
    assertThat(send.attributes()).isEqualTo(Map.of("starling.channel.id", "42"));
  }

  @Test
  void ratio0_newTrace_isNeitherExportedNorCarried() {
    try (Telemetry telemetry = start("gateway", 0)) {
      Span span = telemetry.tracer().spanBuilder("starling.send").setNoParent().startSpan();
      assertThat(TraceParent.of(Context.root().with(span))).isEmpty();
      span.end();
    }
    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void ratio1_callerDecidedAgainst_isNotExported() {
    Context caller = TraceParent.into("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
    try (Telemetry telemetry = start("gateway", 1)) {
      telemetry.tracer().spanBuilder("starling.send").setParent(caller).startSpan().end();
    }
    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void logInsideASpan_carriesItsIds() {
    try (Telemetry telemetry = start("gateway", 1)) {
      Span span = telemetry.tracer().spanBuilder("starling.send").setNoParent().startSpan();
      try (Scope _ = span.makeCurrent()) {
        LOG.warn("slow store: {}", "cql");
      }
      span.end();
    }
    ReceivedSpan span = span("starling.send");
    assertThat(receiver.logs())
        .contains(
            new ReceivedLog(span.traceId(), span.spanId(), "WARN", "slow store: cql", "gateway"));
  }

  @Test
  void metrics_ownAndOfTheJvm_arrive() {
    try (Telemetry telemetry = start("gateway", 1)) {
      telemetry.meter().counterBuilder("starling.sends").setUnit("{message}").build().add(1);
    }
    assertThat(receiver.metrics())
        .contains(new ReceivedMetric("starling.sends", "{message}", "gateway", 1))
        .extracting(ReceivedMetric::name)
        .contains("jvm.memory.used", "jvm.thread.count");
  }

  @Test
  void running_atItsPace_exportsWithoutClose() {
    try (Telemetry telemetry = Telemetry.start(options("gateway", 1), QUICK)) {
      telemetry.tracer().spanBuilder("starling.send").setNoParent().startSpan().end();
      LOG.info("said while running");
      await().until(() -> !receiver.spans().isEmpty());
      await().until(() -> receiver.logs().stream().anyMatch(l -> l.body().endsWith("running")));
      await().until(() -> !receiver.metrics().isEmpty());
    }
  }

  @Test
  void closed_itsThreadsEnd() {
    Set<Thread> others = exporterThreads();
    Telemetry telemetry = Telemetry.start(options("gateway", 1), QUICK);
    assertThat(exporterThreads()).hasSizeGreaterThan(others.size());
    telemetry.close();
    await().untilAsserted(() -> assertThat(exporterThreads()).isSubsetOf(others));
  }

  private static Set<Thread> exporterThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(Batch|PeriodicMetricReader).*"))
        .collect(Collectors.toSet());
  }

  @Test
  void closed_logsNoLongerLeave() {
    start("gateway", 1).close();
    LOG.info("said after close");
    start("gateway", 1).close();
    assertThat(receiver.logs()).extracting(ReceivedLog::body).doesNotContain("said after close");
  }

  private Telemetry start(String service, double ratio) {
    return Telemetry.start(options(service, ratio), NEVER_BY_ITSELF);
  }

  private TelemetryOptions options(String service, double ratio) {
    return new TelemetryOptions(service, service + "-1", receiver.endpoint(), ratio);
  }

  private ReceivedSpan span(String name) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " among " + receiver.spans()));
  }
}
