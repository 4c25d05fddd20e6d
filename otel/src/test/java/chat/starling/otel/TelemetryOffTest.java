package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TelemetryOffTest {

  private static final int MESSAGES = 100_000;
  private static final TelemetryOptions OFF = new TelemetryOptions("server", "1", "", 1);

  @Test
  void off_isTheNoopOfTheApi() {
    try (Telemetry telemetry = Telemetry.start(OFF)) {
      assertThat(telemetry.enabled()).isFalse();
      assertThat(telemetry.openTelemetry()).isSameAs(OpenTelemetry.noop());
      assertThat(telemetry.tracer()).isSameAs(TracerProvider.noop().get("any"));
      assertThat(telemetry.meter()).isSameAs(MeterProvider.noop().get("any"));
    }
  }

  @Test
  void off_spanWithoutParent_recordsAndCarriesNothing() {
    try (Telemetry telemetry = Telemetry.start(OFF)) {
      Span span = telemetry.tracer().spanBuilder("feed.append").setNoParent().startSpan();
      assertThat(span.isRecording()).isFalse();
      assertThat(span.getSpanContext()).isSameAs(SpanContext.getInvalid());
      assertThat(TraceParent.of(Context.root().with(span))).isEmpty();
    }
  }

  @Test
  void off_start_addsNoThreadAndNoAppender() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Telemetry telemetry = Telemetry.start(OFF)) {
      telemetry.meter().counterBuilder("starling.sends").build().add(1);
      assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
      assertThat(root.getAppender(LogExport.NAME)).isNull();
    }
  }

  @Test
  void untracedMessage_takingAndGivingItsTrace_allocatesNothing() {
    var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    passOn("");
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MESSAGES; i++) {
      passOn("");
    }
    long perMessage = (memory.getCurrentThreadAllocatedBytes() - before) / MESSAGES;
    assertThat(perMessage).isZero();
  }

  private static String passOn(String traceparent) {
    return TraceParent.of(TraceParent.into(traceparent));
  }

  @Test
  void off_callersTrace_isPassedOn() {
    String caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (Telemetry telemetry = Telemetry.start(OFF)) {
      Context parent = TraceParent.into(caller);
      Span span = telemetry.tracer().spanBuilder("starling.send").setParent(parent).startSpan();
      assertThat(TraceParent.of(parent.with(span))).isEqualTo(caller);
    }
  }
}
