package chat.starling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.client.testing.MemoryServer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TracingTest {
  @Test
  void message_sentAndReceived_isOneTrace() throws Exception {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    try (MemoryServer server = MemoryServer.start();
        OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder().setTracerProvider(provider).build();
        StarlingClient client =
            StarlingClient.builder()
                .target(server.target())
                .plaintext()
                .tokens(() -> "alice")
                .device("test", "test", "1")
                .openTelemetry(telemetry)
                .build()) {
      long channel = server.channels().create("general");
      client.start();
      client.focus(channel, 0);
      client.send(channel, "traced").get(10, TimeUnit.SECONDS);
      await().until(() -> spans.getFinishedSpanItems().size() == 2);
      SpanData send = span(spans, SpanKind.PRODUCER);
      SpanData receive = span(spans, SpanKind.CONSUMER);
      assertThat(receive.getTraceId()).isEqualTo(send.getTraceId());
      assertThat(receive.getParentSpanId()).isEqualTo(send.getSpanId());
    }
  }

  private static SpanData span(InMemorySpanExporter spans, SpanKind kind) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getKind() == kind)
        .findAny()
        .orElseThrow();
  }
}
