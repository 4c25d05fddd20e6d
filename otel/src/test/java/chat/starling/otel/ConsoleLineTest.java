package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import io.opentelemetry.context.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final LoggerContext logback = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logback);
    configurator.doConfigure(Objects.requireNonNull(LogExport.class.getResource("/logback.xml")));
  }

  @AfterEach
  void stop() {
    logback.stop();
  }

  @Test
  void line_outsideASpan_hasTimeLevelLoggerAndText() {
    assertThat(line()).matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ INFO  chat.starling.feed opened 7\\R");
  }

  @Test
  void line_insideASampledSpan_namesTheTrace() {
    try (Scope _ = TraceParent.into("00-" + TRACE + "-b7ad6b7169203331-01").makeCurrent()) {
      assertThat(line()).contains(" chat.starling.feed trace_id=" + TRACE + " opened 7");
    }
  }

  @Test
  void line_insideAnUnsampledSpan_namesNoTrace() {
    try (Scope _ = TraceParent.into("00-" + TRACE + "-b7ad6b7169203331-00").makeCurrent()) {
      assertThat(line()).doesNotContain("trace_id");
    }
  }

  private String line() {
    Logger logger = logback.getLogger("chat.starling.feed");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.INFO, "opened {}", null, new Object[] {7});
    event.setInstant(Instant.EPOCH);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>)
            Objects.requireNonNull(
                logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console"));
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
