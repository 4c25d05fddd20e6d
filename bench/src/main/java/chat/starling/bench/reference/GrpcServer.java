package chat.starling.bench.reference;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What anybody writes who takes grpc-java as it comes: a list of streams, and onNext for each. */
public final class GrpcServer implements ReferenceServer {

  private final ServerBytes bytes;
  private final Server server;
  private final List<Client> viewers = new CopyOnWriteArrayList<>();
  private volatile long lastSeq;

  /** Starts it on a free port of the loopback. */
  public GrpcServer(ReferencePlan plan) {
    bytes = new ServerBytes(plan);
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Sessions())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void publish(Publish order) {
    for (int i = 0; i < order.count(); i++) {
      long seq = lastSeq + 1;
      lastSeq = seq;
      ServerFrame event = bytes.event(seq, order.micros());
      viewers.forEach(viewer -> viewer.say(event));
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Sessions extends SessionServiceImplBase {

    @Override
    public StreamObserver<ClientFrame> connect(StreamObserver<ServerFrame> client) {
      return new Client(client);
    }
  }

  /** A client's stream, both ways. Several threads say something on it. */
  private final class Client implements StreamObserver<ClientFrame> {

    private final StreamObserver<ServerFrame> out;

    Client(StreamObserver<ServerFrame> out) {
      this.out = out;
    }

    synchronized void say(ServerFrame frame) {
      out.onNext(frame);
    }

    @Override
    public void onNext(ClientFrame frame) {
      switch (frame.getFrameCase()) {
        case HELLO -> say(bytes.ready());
        case FOCUS -> {
          say(bytes.focused(lastSeq));
          viewers.add(this);
        }
        default -> say(bytes.heartbeat());
      }
    }

    @Override
    public void onError(Throwable fault) {
      viewers.remove(this);
    }

    @Override
    public void onCompleted() {
      viewers.remove(this);
      out.onCompleted();
    }
  }
}
