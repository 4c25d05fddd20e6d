package chat.starling.channel.operator;

import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.internal.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import chat.starling.platform.ring.RingCodec;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks channel servers for their status, all at once and each for a bounded time. */
final class StatusClient implements AutoCloseable {

  private final Duration patience;
  private final ClientFactory connections;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param patience how long each may take to answer, the connection included
   */
  StatusClient(Duration patience) {
    this.patience = patience;
    this.connections = ClientFactory.builder().connectTimeout(patience).build();
  }

  /** How long each may take. */
  Duration patience() {
    return patience;
  }

  /** The answers of these addresses, in their order. */
  List<Answer> ask(Collection<String> addresses) {
    return addresses.stream().map(this::ask).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private CompletableFuture<Answer> ask(String address) {
    return CompletableFuture.supplyAsync(() -> question(address), threads)
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(fault -> new Answer.Silent(address, why(fault)));
  }

  private Answer question(String address) {
    GetStatusResponse status =
        GrpcClients.builder("gproto+http://" + address + "/")
            .factory(connections)
            .responseTimeout(patience)
            .build(OperationsServiceBlockingStub.class)
            .getStatus(GetStatusRequest.getDefaultInstance());
    return new Answer.Told(address, status, RingCodec.toView(status.getRing()));
  }

  private String why(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    return switch (cause) {
      case TimeoutException _ -> late();
      case StatusRuntimeException refused -> why(refused);
      case IllegalArgumentException broken -> "it told nonsense: " + broken.getMessage();
      default -> cause.toString();
    };
  }

  private String why(StatusRuntimeException refused) {
    return switch (refused.getStatus().getCode()) {
      case DEADLINE_EXCEEDED, CANCELLED -> late();
      case UNAVAILABLE -> "it cannot be reached";
      case UNIMPLEMENTED -> "it is no channel server, or one of an older release";
      default -> refused.getStatus().getCode() + " " + refused.getStatus().getDescription();
    };
  }

  private String late() {
    return "no answer within " + patience.toMillis() + " ms";
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.close();
  }
}
