package chat.starling.bench.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.grpc.protocol.UnaryGrpcClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void report_ofACounter_isKeptByNameAndAttributes() {
    export(12);
    export(15);
    assertThat(metrics.counter("asked{cache=users,hit=true}")).isEqualTo(15);
    assertThat(metrics.counter("asked{cache=users,hit=false}")).isZero();
  }

  private void export(long value) {
    ByteString point =
        message(7, attribute("cache", message(1, ByteString.copyFromUtf8("users"))))
            .concat(message(7, attribute("hit", varint(2, 1))))
            .concat(fixed(6, value));
    ByteString metric =
        message(1, ByteString.copyFromUtf8("asked")).concat(message(7, message(1, point)));
    Clients.newClient(metrics.endpoint().replace("http", "gproto+h2c") + "/", UnaryGrpcClient.class)
        .execute(
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
            message(1, message(2, message(2, metric))).toByteArray())
        .join();
  }

  private static ByteString attribute(String key, ByteString value) {
    return message(1, ByteString.copyFromUtf8(key)).concat(message(2, value));
  }

  private static ByteString message(int number, ByteString value) {
    return field(number, Field.newBuilder().addLengthDelimited(value).build());
  }

  private static ByteString varint(int number, long value) {
    return field(number, Field.newBuilder().addVarint(value).build());
  }

  private static ByteString fixed(int number, long value) {
    return field(number, Field.newBuilder().addFixed64(value).build());
  }

  private static ByteString field(int number, Field value) {
    return UnknownFieldSet.newBuilder().addField(number, value).build().toByteString();
  }
}
