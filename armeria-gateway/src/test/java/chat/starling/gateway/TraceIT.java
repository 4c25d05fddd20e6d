package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ClientFrame;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedMetric;
import chat.starling.otel.receiver.ReceivedSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceIT {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @Test
  void send_ofATracedClient_isOneTraceFromFrameToDelivery() throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      try (Stage stage = Stage.with(Map.of("telemetry.otlp-endpoint", receiver.endpoint()))) {
        Phone phone = Phone.connect(stage.client, stage.ada);
        phone.ready();
        phone.focus(Phone.live(Stage.CHANNEL));
        phone.next();
        phone.say(
            ClientFrame.newBuilder()
                .setTraceparent("00-" + TRACE + "-" + PARENT + "-01")
                .setSend(Phone.message(Stage.CHANNEL, "traced")));
        phone.next();
        phone.next();
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(named(receiver, "starling.deliver")).hasSize(1));
        ReceivedSpan send = named(receiver, "starling.send").getFirst();
        ReceivedSpan deliver = named(receiver, "starling.deliver").getFirst();
        assertThat(send.traceId()).isEqualTo(TRACE);
        assertThat(send.parentSpanId()).isEqualTo(PARENT);
        assertThat(send.service()).isEqualTo("gateway");
        assertThat(stage.channels.traceparents())
            .containsExactly("00-" + TRACE + "-" + send.spanId() + "-01");
        assertThat(deliver.traceId()).isEqualTo(TRACE);
        assertThat(deliver.parentSpanId()).isEqualTo(send.spanId());
        assertThat(deliver.attributes()).containsEntry("starling.viewers", "1");
      }
      assertThat(receiver.metrics())
          .extracting(ReceivedMetric::name)
          .contains("starling.sends", "starling.sessions", "starling.deliveries");
    }
  }

  @Test
  void send_telemetryOff_carriesNoTrace() throws IOException {
    try (Stage stage = Stage.with(Map.of())) {
      Phone phone = Phone.connect(stage.client, stage.ada);
      phone.ready();
      phone.send(Stage.CHANNEL, "untraced");
      phone.next();
      assertThat(stage.channels.traceparents()).containsExactly("");
    }
  }

  private static List<ReceivedSpan> named(OtlpReceiver receiver, String name) {
    return receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
