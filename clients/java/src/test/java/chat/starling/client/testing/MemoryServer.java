package chat.starling.client.testing;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server that speaks the real frames over a real socket and keeps its channels in memory.
 * Tokens are user names; the token "expired" is refused.
 */
public final class MemoryServer implements AutoCloseable {
  final MemoryChannels channels = new MemoryChannels();
  private final MemoryWorkspace workspace = new MemoryWorkspace();
  final List<MemorySession> sessions = new CopyOnWriteArrayList<>();
  final List<ClientFrame> received = new CopyOnWriteArrayList<>();
  private final Server server;
  private final String target;

  private MemoryServer() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new MemorySessions(this))
            .addService(new MemoryChannelCalls(channels))
            .addService(new MemoryHistory(channels))
            .addService(new MemoryWorkspaceCalls(workspace))
            .addService(new MemoryRoleCalls(workspace))
            .addService(new MemoryMemberCalls(workspace))
            .addService(new MemoryAuditCalls(workspace))
            .addService(new MemoryModerationCalls(channels))
            .addService(new MemoryReportCalls())
            .addService(new MemoryInvitationCalls())
            .addService(new MemoryOverrideCalls())
            .addService(new MemoryLookupCalls(workspace))
            .build()
            .start();
    target = "localhost:" + server.getPort();
  }

  /** Starts on a free port. */
  public static MemoryServer start() throws IOException {
    return new MemoryServer();
  }

  /** Where it listens, without TLS. */
  public String target() {
    return target;
  }

  /** The channels, to look into and to post to. */
  public MemoryChannels channels() {
    return channels;
  }

  /** Its workspace, to look into. */
  public MemoryWorkspace workspace() {
    return workspace;
  }

  /** Every frame that came, in order. */
  public List<ClientFrame> received() {
    return received;
  }

  /** How many sessions said Hello so far. */
  public int hellos() {
    return (int) received.stream().filter(ClientFrame::hasHello).count();
  }

  /** Ends all streams with this Close. */
  public void close(Close close) {
    sessions.forEach(session -> session.close(close));
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
