package chat.starling.otel;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.logback.appender.v1_0.OpenTelemetryAppender;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Carries what is logged into a pipeline, each record with the trace it was written under.
 *
 * <p>It is attached to the root logger only while telemetry is on, whatever logging configuration
 * the operator uses, so that logging costs nothing more when telemetry is off.
 */
final class LogExport implements AutoCloseable {

  static final String NAME = "otlp";

  private final Logger root;
  private final OpenTelemetryAppender appender;

  private LogExport(Logger root, OpenTelemetryAppender appender) {
    this.root = root;
    this.appender = appender;
  }

  static LogExport attach(OpenTelemetry openTelemetry) {
    LoggerContext logback = logback(LoggerFactory.getILoggerFactory());
    OpenTelemetryAppender appender = new OpenTelemetryAppender();
    appender.setName(NAME);
    appender.setContext(logback);
    appender.setOpenTelemetry(openTelemetry);
    appender.start();
    Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return new LogExport(root, appender);
  }

  private static LoggerContext logback(ILoggerFactory factory) {
    if (factory instanceof LoggerContext logback) {
      return logback;
    }
    throw new IllegalStateException("logging: " + factory + " (expected: Logback)");
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
