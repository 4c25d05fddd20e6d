package chat.starling.otel.receiver;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An OTLP/gRPC endpoint on a free loopback port that keeps all it is sent. */
public final class OtlpReceiver implements AutoCloseable {

  private static final String SERVICES = "opentelemetry.proto.collector.";
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private final Queue<ReceivedLog> logs = new ConcurrentLinkedQueue<>();
  private final Queue<ReceivedMetric> metrics = new ConcurrentLinkedQueue<>();
  private final Server server;

  private OtlpReceiver() throws IOException {
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .addService(service("trace.v1.TraceService", this::takeSpans))
            .addService(service("logs.v1.LogsService", this::takeLogs))
            .addService(service("metrics.v1.MetricsService", this::takeMetrics))
            .build()
            .start();
  }

  /** A receiver that listens. */
  public static OtlpReceiver start() {
    try {
      return new OtlpReceiver();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a server takes as its {@code telemetry.otlp-endpoint}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** All spans so far, as they arrived: an ended child usually comes before its parent. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** All log records so far, as they arrived. */
  public List<ReceivedLog> logs() {
    return List.copyOf(logs);
  }

  /** All reports of metrics so far, as they arrived. */
  public List<ReceivedMetric> metrics() {
    return List.copyOf(metrics);
  }

  /** Stops listening; what was received stays. */
  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeSpans(byte[] request) {
    spans.addAll(OtlpRequest.spans(request));
  }

  private void takeLogs(byte[] request) {
    logs.addAll(OtlpRequest.logs(request));
  }

  private void takeMetrics(byte[] request) {
    metrics.addAll(OtlpRequest.metrics(request));
  }

  private static ServerServiceDefinition service(String name, Consumer<byte[]> taker) {
    ServerCallHandler<byte[], byte[]> handler = (call, headers) -> new ExportCall(call, taker);
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICES + name + "/Export")
            .build();
    return ServerServiceDefinition.builder(SERVICES + name).addMethod(export, handler).build();
  }
}
