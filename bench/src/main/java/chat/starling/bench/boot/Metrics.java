package chat.starling.bench.boot;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.protocol.AbstractUnaryGrpcService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Takes the counters that a server tells by OTLP and keeps the newest of each: the fields are read
 * by their numbers in the protocol, so that no more of it is needed.
 */
public final class Metrics implements AutoCloseable {

  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final int RESOURCE_METRICS = 1;
  private static final int SCOPE_METRICS = 2;
  private static final int METRICS = 2;
  private static final int NAME = 1;
  private static final int SUM = 7;
  private static final int DATA_POINTS = 1;
  private static final int AS_INT = 6;
  private static final int ATTRIBUTES = 7;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING = 1;
  private static final int BOOL = 2;

  /** Replaced as a whole, so that what stands in one report is seen together. */
  private volatile Map<String, Long> counters = Map.of();

  private final Server server =
      Server.builder()
          .port(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SessionProtocol.HTTP)
          .service(EXPORT, new Export())
          .build();

  /** Listens from now on. */
  public Metrics() {
    server.start().join();
  }

  /** What a server is told as its {@code telemetry.otlp-endpoint}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.activeLocalPort();
  }

  /**
   * The newest of a counter; 0 when there is none.
   *
   * @param name the metric, and in braces its attributes in the order of their texts: {@code
   *     starling.edge.requests{starling.edge.cache=users,starling.edge.result=hit}}
   */
  public long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** All of them. */
  public Map<String, Long> counters() {
    return new TreeMap<>(counters);
  }

  @Override
  public void close() {
    server.stop().join();
  }

  private synchronized void take(byte[] request) {
    Map<String, Long> newer = new HashMap<>(counters);
    for (var resource : messages(parsed(ByteString.copyFrom(request)), RESOURCE_METRICS)) {
      for (var scope : messages(resource, SCOPE_METRICS)) {
        messages(scope, METRICS).forEach(metric -> take(metric, newer));
      }
    }
    counters = Map.copyOf(newer);
  }

  private static void take(UnknownFieldSet metric, Map<String, Long> newer) {
    String name = text(metric, NAME);
    for (var sum : messages(metric, SUM)) {
      for (var point : messages(sum, DATA_POINTS)) {
        List<Long> values = point.getField(AS_INT).getFixed64List();
        if (!values.isEmpty()) {
          newer.put(name + attributes(point), values.getFirst());
        }
      }
    }
  }

  private static String attributes(UnknownFieldSet point) {
    return messages(point, ATTRIBUTES).stream()
        .map(attribute -> text(attribute, KEY) + "=" + value(messages(attribute, VALUE).getFirst()))
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(UnknownFieldSet value) {
    return value.hasField(BOOL)
        ? String.valueOf(value.getField(BOOL).getVarintList().getFirst() != 0)
        : text(value, STRING);
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .collect(Collectors.joining());
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream().map(Metrics::parsed).toList();
  }

  private static UnknownFieldSet parsed(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a report of metrics", e);
    }
  }

  /** Takes one report; the answer has no fields. */
  private final class Export extends AbstractUnaryGrpcService {
    @Override
    protected CompletionStage<byte[]> handleMessage(ServiceRequestContext ctx, byte[] message) {
      take(message);
      return CompletableFuture.completedStage(new byte[0]);
    }
  }
}
