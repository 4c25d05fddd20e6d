package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedMetric;
import chat.starling.otel.receiver.ReceivedSpan;
import chat.starling.platform.time.SystemTime;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a whole server tells its operators of one append. */
class TraceIT {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String PARENT_LINE = "00-" + TRACE + "-" + PARENT + "-01";
  private static final long CHANNEL = 5;

  @Test
  void append_ofATracedCall_isOneTraceFromCallToStoreAndSubscribers() throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      String published = appendTracedAndUntraced(receiver);

      List<ReceivedSpan> appends = named(receiver, "feed.append");
      assertThat(appends).as("the untraced call leaves none").hasSize(1);
      ReceivedSpan append = appends.getFirst();
      assertThat(append.traceId()).isEqualTo(TRACE);
      assertThat(append.parentSpanId()).isEqualTo(PARENT);
      assertThat(append.kind()).isEqualTo(ReceivedSpan.Kind.SERVER);
      assertThat(append.service()).isEqualTo("channel-server");
      assertThat(append.attributes())
          .isEqualTo(Map.of("starling.channel.id", "5", "starling.seq", "1"));
      ReceivedSpan write = named(receiver, "cql.write").getFirst();
      assertThat(write.traceId()).isEqualTo(TRACE);
      assertThat(write.parentSpanId()).isEqualTo(append.spanId());
      assertThat(write.kind()).isEqualTo(ReceivedSpan.Kind.CLIENT);
      assertThat(write.attributes()).containsEntry("db.collection.name", "feed_log");
      assertThat(published).isEqualTo("00-" + TRACE + "-" + append.spanId() + "-01");
      assertThat(receiver.metrics())
          .extracting(ReceivedMetric::name)
          .contains(
              "starling.feed.active",
              "starling.feed.subscriber.streams",
              "starling.feed.append.duration");
    }
  }

  @Test
  void append_tracedOnAStream_isAPartOfItsOwnTrace() throws IOException {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> telemetry =
          Map.of("telemetry.otlp-endpoint", receiver.endpoint(), "telemetry.sample-ratio", "0");
      try (TestServer server = TestServer.start("trace_stream", SystemTime.wall(), telemetry)) {
        TestAppender appender = new TestAppender(server.feeds());
        var traced = Requests.append(CHANNEL, Requests.nonce(1, 1), "traced").build();
        var untraced = Requests.append(CHANNEL, Requests.nonce(1, 2), "untraced").build();
        appender.send(Stream.of(traced), PARENT_LINE).getFirst().join();
        appender.send(untraced).join();
      }
      assertThat(named(receiver, "feed.append")).hasSize(1);
      ReceivedSpan append = named(receiver, "feed.append").getFirst();
      assertThat(append.traceId()).isEqualTo(TRACE);
      assertThat(append.parentSpanId()).isEqualTo(PARENT);
      assertThat(append.attributes()).containsEntry("starling.seq", "1");
      assertThat(named(receiver, "cql.write").getFirst().parentSpanId()).isEqualTo(append.spanId());
    }
  }

  /** The traceparent under which the traced one was published; the other one's is empty. */
  private static String appendTracedAndUntraced(OtlpReceiver receiver) {
    Map<String, String> telemetry =
        Map.of("telemetry.otlp-endpoint", receiver.endpoint(), "telemetry.sample-ratio", "0");
    try (TestServer server = TestServer.start("trace", SystemTime.wall(), telemetry)) {
      TestGateway gateway = new TestGateway(server.feeds());
      gateway.add(CHANNEL);
      await().until(() -> !gateway.added(CHANNEL).isEmpty());
      append(traced(server.blockingFeeds()), 1);
      append(server.blockingFeeds(), 2);
      await().until(() -> gateway.events(CHANNEL).size() == 2);
      assertThat(gateway.events(CHANNEL).getLast().getTraceparent()).isEmpty();
      return gateway.events(CHANNEL).getFirst().getTraceparent();
    }
  }

  private static void append(FeedServiceBlockingStub feeds, long number) {
    var _ =
        feeds.append(Requests.append(CHANNEL, Requests.nonce(1, number), "text " + number).build());
  }

  private static FeedServiceBlockingStub traced(FeedServiceBlockingStub feeds) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), PARENT_LINE);
    return feeds.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static List<ReceivedSpan> named(OtlpReceiver receiver, String name) {
    return receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
