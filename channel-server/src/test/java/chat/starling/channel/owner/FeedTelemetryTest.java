package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.FeedBounds;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a feed in a simulated world tells about itself. */
class FeedTelemetryTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final FeedId FEED = FeedId.channel(7);
  private static final FeedBounds BOUNDS =
      new FeedBounds(
          16,
          8,
          4_096,
          64,
          100,
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          Duration.ofMillis(20),
          Duration.ofSeconds(1));

  private final SimWorld world = new SimWorld(1);
  private final SimStores stores = new SimStores(world, 0);
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final FeedOwner owner = owner();
  private final List<Appended> acks = new ArrayList<>();

  @Test
  void write_thatFailsOnce_isTwoSpansOfItsAppendAndOneFailure() {
    append(1, "");
    stores.failNextChange(false);
    append(2, "00-" + TRACE + "-" + PARENT + "-01");
    assertThat(acks).extracting(Appended::seq).containsExactly(1L, 2L);
    List<SpanData> writes = spans.getFinishedSpanItems();
    assertThat(writes)
        .hasSize(2)
        .allSatisfy(write -> {
          assertThat(write.getName()).isEqualTo("cql.write");
          assertThat(write.getKind()).isEqualTo(SpanKind.CLIENT);
          assertThat(write.getTraceId()).isEqualTo(TRACE);
          assertThat(write.getParentSpanId()).isEqualTo(PARENT);
        });
    assertThat(sum("starling.feed.write.failures")).isEqualTo(1);
  }

  @Test
  void append_untraced_hasNoSpan() {
    append(1, "");
    assertThat(acks).hasSize(1);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void feed_whileInUseAndAfter_isCountedAsActiveAndNotAnyMore() {
    append(1, "");
    assertThat(sum("starling.feed.active")).isEqualTo(1);
    world.run(Duration.ofSeconds(10));
    assertThat(lags()).isPositive();
    world.run(Duration.ofMinutes(2));
    assertThat(sum("starling.feed.active")).isZero();
  }

  private void append(long number, String traceparent) {
    owner.append(
        FEED,
        new Append(
            Author.newBuilder().setUserId(1).build(),
            ByteString.copyFrom(
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) number}),
            "text " + number,
            false,
            traceparent,
            new Reply()));
    world.run(Duration.ofSeconds(2));
  }

  private long sum(String name) {
    return metric(name).getLongSumData().getPoints().stream()
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  private long lags() {
    return metric("starling.feed.history.lag").getHistogramData().getPoints().stream()
        .mapToLong(point -> point.getCount())
        .sum();
  }

  private MetricData metric(String name) {
    return metrics.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private FeedOwner owner() {
    SimProcess process = new SimProcess(world);
    var tracer =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    var meter = SdkMeterProvider.builder().registerMetricReader(metrics).build();
    OwnerBounds bounds =
        new OwnerBounds(
            BOUNDS,
            4,
            20,
            Duration.ofMinutes(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            new TrustBounds(Duration.ofSeconds(10), Duration.ofSeconds(2)));
    return LoneServer.owning(
        FEED,
        LoneServer.context(
            process, stores.asStores(), bounds, tracer.get("test"), meter.get("test")),
        process);
  }

  /** Writes down the acks; a refusal fails the test. */
  private final class Reply implements AppendReply {
    @Override
    public void acked(Appended result) {
      acks.add(result);
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal);
    }
  }
}
