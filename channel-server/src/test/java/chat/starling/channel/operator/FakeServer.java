package chat.starling.channel.operator;

import static java.util.Objects.requireNonNull;

import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.internal.v1.OperationsServiceGrpc.OperationsServiceImplBase;
import chat.starling.platform.rpc.AcceptLoop;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A channel server that tells what it is told to tell, or nothing at all while it has not been. */
final class FakeServer extends OperationsServiceImplBase implements AutoCloseable {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable GetStatusResponse status;
  private final Server server =
      Server.builder()
          .http(0)
          .bossGroupFactory(AcceptLoop::named)
          .requestTimeout(Duration.ZERO)
          .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
          .service(GrpcService.builder().addService(this).build())
          .build();

  FakeServer() {
    server.start().join();
  }

  String address() {
    return "127.0.0.1:" + requireNonNull(server.activePort()).localAddress().getPort();
  }

  /** Tells this from now on, or nothing at all. */
  void tells(@Nullable GetStatusResponse now) {
    status = now;
  }

  /** How often it was asked. */
  int asked() {
    return asked.get();
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> answer) {
    asked.incrementAndGet();
    GetStatusResponse now = status;
    if (now != null) {
      answer.onNext(now);
      answer.onCompleted();
    }
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
