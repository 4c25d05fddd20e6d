package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.devstack.StackOptions;
import chat.starling.otel.Telemetry;
import chat.starling.otel.TelemetryOptions;
import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedSpan;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One message is one trace, from the sender's client through every service to a viewer's; an act is
 * a part of its caller's.
 */
class TraceIT {

  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private static final List<String> WAY =
      List.of("send", "starling.send", "feed.append", "cql.write", "starling.deliver", "receive");

  @Test
  void message_sentAndSeen_isOneConnectedTraceAcrossAllServices() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        RunningStack stack = RunningStack.start(traced(receiver));
        Telemetry telemetry =
            Telemetry.start(new TelemetryOptions("client", "test", receiver.endpoint(), 1.0))) {
      long channel = stack.createChannel("alice", "traced");
      stack.join("bob", channel);
      CountDownLatch seen = new CountDownLatch(1);
      try (StarlingClient alice = client(stack, telemetry, "alice", new ClientListener() {});
          StarlingClient bob = client(stack, telemetry, "bob", new Watcher(seen))) {
        bob.focus(channel, 0);
        bob.start();
        alice.start();
        alice.send(channel, "follow me").join();
        assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(names(traceOf(receiver))).containsAll(WAY));
      }
      assertConnected(traceOf(receiver));
    }
  }

  @Test
  void act_ofATracedCall_isAPartOfItsTraceUpToTheStore() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        RunningStack stack = RunningStack.start(traced(receiver))) {
      Metadata headers = new Metadata();
      headers.put(TRACEPARENT, "00-" + TRACE + "-" + PARENT + "-01");
      var _ =
          WorkspaceServiceGrpc.newBlockingStub(stack.channel(stack.tokens().founder("ada", 9)))
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .foundWorkspace(
                  FoundWorkspaceRequest.newBuilder().setWorkspaceId(9).setName("Birds").build());
      await()
          .untilAsserted(() ->
              assertThat(names(spansOf(receiver, TRACE)))
                  .containsExactlyInAnyOrder("starling.act", "cql.write"));
      ReceivedSpan act = named(receiver, "starling.act");
      assertThat(act.parentSpanId()).isEqualTo(PARENT);
      assertThat(act.service()).isEqualTo("gateway");
      assertThat(act.attributes())
          .containsEntry("starling.workspace.id", "9")
          .containsEntry("starling.act", "FOUND");
      ReceivedSpan write = named(receiver, "cql.write");
      assertThat(write.parentSpanId()).isEqualTo(act.spanId());
      assertThat(write.service()).isEqualTo("channel-server");
    }
  }

  private static StackOptions traced(OtlpReceiver receiver) {
    return StackOptions.forTests()
        .withSetting("telemetry.otlp-endpoint", receiver.endpoint())
        .withSetting("telemetry.sample-ratio", "1.0");
  }

  private static StarlingClient client(
      RunningStack stack, Telemetry telemetry, String user, ClientListener listener) {
    return stack.clientBuilder(user, listener).openTelemetry(telemetry.openTelemetry()).build();
  }

  /** The spans of the trace that the send began. */
  private static List<ReceivedSpan> traceOf(OtlpReceiver receiver) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals("send"))
        .findFirst()
        .map(root -> spansOf(receiver, root.traceId()))
        .orElse(List.of());
  }

  private static List<ReceivedSpan> spansOf(OtlpReceiver receiver, String traceId) {
    return receiver.spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** Of the traced call's. */
  private static ReceivedSpan named(OtlpReceiver receiver, String name) {
    return spansOf(receiver, TRACE).stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(List<ReceivedSpan> spans) {
    return spans.stream().map(ReceivedSpan::name).collect(Collectors.toSet());
  }

  private static void assertConnected(List<ReceivedSpan> trace) {
    Set<String> ids = trace.stream().map(ReceivedSpan::spanId).collect(Collectors.toSet());
    assertThat(trace).filteredOn(span -> !ids.contains(span.parentSpanId())).hasSize(1);
    assertThat(trace.stream().map(ReceivedSpan::service).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList("client", "gateway", "channel-server"));
  }

  private record Watcher(CountDownLatch seen) implements ClientListener {
    @Override
    public void onMessage(Message message, boolean echo) {
      seen.countDown();
    }
  }
}
