package chat.starling.edge;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.devstack.GatewayPorts;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where a gateway does: healthy, and keeps every stream that is opened. */
final class CountingGateway implements AutoCloseable {

  private static final Metadata.Key<String> WORKSPACE =
      Metadata.Key.of("x-starling-workspace", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> SAID = Context.key("workspace");

  private final Map<String, Integer> streams = new ConcurrentHashMap<>();
  private final AtomicInteger checks = new AtomicInteger();
  private final HttpServer health;
  private final Server sessions;

  CountingGateway(GatewayPorts at) throws IOException {
    health = HttpServer.create(at.internal().address(), 0);
    health.createContext(
        "/health",
        exchange -> {
          checks.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    health.start();
    sessions =
        Grpc.newServerBuilderForPort(at.sessions().number(), InsecureServerCredentials.create())
            .addService(new Sessions())
            .intercept(new Listening())
            .build()
            .start();
  }

  /**
   * Opens a stream by way of this channel, on the part of somebody of this workspace, and again
   * whenever it breaks.
   */
  static void open(ManagedChannel channel, String workspace) {
    Metadata headers = new Metadata();
    if (!workspace.isEmpty()) {
      headers.put(WORKSPACE, workspace);
    }
    SessionServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .connect(
            new Ignoring<>() {
              @Override
              public void onError(Throwable fault) {
                if (!channel.isShutdown()) {
                  open(channel, workspace);
                }
              }
            })
        .onNext(ClientFrame.getDefaultInstance());
  }

  /** How often it was asked for its health. */
  int checks() {
    return checks.get();
  }

  /** Streams that were opened. */
  int streams() {
    return streams.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Streams that were opened on the part of this workspace. */
  int streams(String workspace) {
    return streams.getOrDefault(workspace, 0);
  }

  @Override
  public void close() {
    health.stop(0);
    sessions.shutdownNow();
  }

  private final class Sessions extends SessionServiceGrpc.SessionServiceImplBase {

    @Override
    public StreamObserver<ClientFrame> connect(StreamObserver<ServerFrame> client) {
      streams.merge(Optional.ofNullable(SAID.get()).orElse(""), 1, Integer::sum);
      return new Ignoring<>();
    }
  }

  private static final class Listening implements ServerInterceptor {

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String workspace = Optional.ofNullable(headers.get(WORKSPACE)).orElse("");
      return Contexts.interceptCall(
          Context.current().withValue(SAID, workspace), call, headers, next);
    }
  }

  private static class Ignoring<T> implements StreamObserver<T> {

    @Override
    public void onNext(T frame) {}

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }
}
