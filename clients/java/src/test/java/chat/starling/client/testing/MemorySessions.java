package chat.starling.client.testing;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.grpc.stub.StreamObserver;

/** The Connect rpc of a {@link MemoryServer}. */
final class MemorySessions extends SessionServiceImplBase {
  private final MemoryServer server;

  MemorySessions(MemoryServer server) {
    this.server = server;
  }

  @Override
  public StreamObserver<ClientFrame> connect(StreamObserver<ServerFrame> out) {
    MemorySession session = new MemorySession(server, out);
    server.sessions.add(session);
    return session;
  }
}
