package chat.starling.otel;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.instrumentation.runtimetelemetry.RuntimeTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The running pipeline of one server: spans, log records and metrics in batches to one OTLP/gRPC
 * endpoint. Whoever records never waits for it; what does not fit its queues is dropped.
 */
final class OtlpPipeline implements AutoCloseable {

  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final OpenTelemetrySdk sdk;
  private final RuntimeTelemetry runtime;
  private final LogExport logs;

  private OtlpPipeline(OpenTelemetrySdk sdk) {
    ExporterLog.useSlf4j();
    this.sdk = sdk;
    this.runtime = RuntimeTelemetry.create(sdk);
    this.logs = LogExport.attach(sdk);
  }

  static OtlpPipeline start(TelemetryOptions options, ExportPace pace) {
    Resource resource = ServiceResource.of(options);
    return new OtlpPipeline(
        OpenTelemetrySdk.builder()
            .setTracerProvider(traces(options, resource, pace))
            .setMeterProvider(metrics(options, resource, pace))
            .setLoggerProvider(logs(options, resource, pace))
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
  }

  OpenTelemetrySdk sdk() {
    return sdk;
  }

  @Override
  public void close() {
    logs.close();
    flush();
    runtime.close();
  }

  /** On a thread of its own because the metric reader's shutdown waits while an export hangs. */
  private void flush() {
    Thread flush = Thread.ofVirtual().name("telemetry-flush").start(this::shutDown);
    try {
      flush.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    sdk.shutdown().join(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static SdkTracerProvider traces(
      TelemetryOptions options, Resource resource, ExportPace pace) {
    OtlpGrpcSpanExporter exporter =
        OtlpGrpcSpanExporter.builder()
            .setEndpoint(options.otlpEndpoint())
            .setTimeout(EXPORT_TIMEOUT)
            .build();
    return SdkTracerProvider.builder()
        .setResource(resource)
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(options.sampleRatio())))
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter)
                .setScheduleDelay(pace.batches())
                .setExporterTimeout(EXPORT_TIMEOUT)
                .build())
        .build();
  }

  private static SdkMeterProvider metrics(
      TelemetryOptions options, Resource resource, ExportPace pace) {
    OtlpGrpcMetricExporter exporter =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(options.otlpEndpoint())
            .setTimeout(EXPORT_TIMEOUT)
            .build();
    return SdkMeterProvider.builder()
        .setResource(resource)
        .registerMetricReader(
            PeriodicMetricReader.builder(exporter).setInterval(pace.metrics()).build())
        .build();
  }

  private static SdkLoggerProvider logs(
      TelemetryOptions options, Resource resource, ExportPace pace) {
    OtlpGrpcLogRecordExporter exporter =
        OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(options.otlpEndpoint())
            .setTimeout(EXPORT_TIMEOUT)
            .build();
    return SdkLoggerProvider.builder()
        .setResource(resource)
        .addLogRecordProcessor(
            BatchLogRecordProcessor.builder(exporter)
                .setScheduleDelay(pace.batches())
                .setExporterTimeout(EXPORT_TIMEOUT)
                .build())
        .build();
  }
}
