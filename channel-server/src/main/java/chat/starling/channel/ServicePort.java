package chat.starling.channel;

import chat.starling.channel.ChannelServerSettings.ServerSettings;
import chat.starling.platform.rpc.AcceptLoop;
import chat.starling.platform.rpc.RefusalHandler;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.healthcheck.HealthChecker;
import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The port on which a channel server offers its gRPC services, reflection and {@code /health}. */
final class ServicePort {

  private static final int MAX_REQUEST_BYTES = 256 * 1024;

  private ServicePort() {}

  /**
   * A server of these services that is not started yet.
   *
   * @param health decides what {@code /health} answers
   * @param patience how long a unary call may take before it is answered with TIMEOUT
   */
  static Server of(
      ServerSettings at, Duration patience, HealthChecker health, BindableService... services) {
    GrpcServiceBuilder grpc =
        GrpcService.builder()
            .addService(ProtoReflectionServiceV1.newInstance())
            .exceptionHandler(new RefusalHandler())
            // A caller's grpc-timeout, of which 0 means never, must not lengthen our patience.
            .useClientTimeoutHeader(false)
            .maxRequestMessageLength(MAX_REQUEST_BYTES);
    for (BindableService service : services) {
      grpc.addService(service);
    }
    return Server.builder()
        .http(new InetSocketAddress(at.host(), at.port()))
        .bossGroupFactory(AcceptLoop::named)
        .requestTimeout(patience)
        .maxRequestLength(0)
        .idleTimeout(Duration.ZERO)
        .service(grpc.build())
        .service("/health", HealthCheckService.of(health))
        .build();
  }
}
