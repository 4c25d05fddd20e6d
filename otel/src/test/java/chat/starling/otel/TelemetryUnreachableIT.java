package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.starling.otel.receiver.OtlpReceiver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class TelemetryUnreachableIT {

  private static final int MORE_THAN_ANY_QUEUE = 50_000;

  private final Logger exporters = (Logger) LoggerFactory.getLogger("io.opentelemetry");
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @BeforeEach
  void listen() {
    said.start();
    exporters.addAppender(said);
  }

  @AfterEach
  void stop() {
    exporters.detachAppender(said);
  }

  @Test
  @Timeout(60)
  void nobodyListens_recordingAndClosingGoOn_andTheLogSaysSoAFewTimes() {
    ExportPace quick = new ExportPace(Duration.ofMillis(1), Duration.ofMillis(1));
    TelemetryOptions options = new TelemetryOptions("gateway", "1", deadEndpoint(), 1);
    try (Telemetry telemetry = Telemetry.start(options, quick)) {
      for (int i = 0; i < MORE_THAN_ANY_QUEUE; i++) {
        telemetry.tracer().spanBuilder("starling.send").setNoParent().startSpan().end();
      }
    }
    assertThat(said.list).isNotEmpty().hasSizeLessThan(20);
  }

  private static String deadEndpoint() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      return receiver.endpoint();
    }
  }
}
