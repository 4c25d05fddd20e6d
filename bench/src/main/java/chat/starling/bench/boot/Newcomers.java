package chat.starling.bench.boot;

import chat.starling.api.v1.SessionServiceGrpc.SessionServiceStub;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Users who come to a gateway over a few connections, as they do from Envoy. */
public final class Newcomers implements AutoCloseable {

  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Who comes.
   *
   * @param token of the user
   * @param channelId what he looks at
   */
  public record Guest(String token, long channelId) {}

  private final List<ClientFactory> connections =
      IntStream.range(0, CONNECTIONS)
          .mapToObj(i -> ClientFactory.builder().connectTimeout(PATIENCE).build())
          .toList();
  private final List<SessionServiceStub> sessions;
  private final List<Newcomer> here = new ArrayList<>();

  /** To a gateway that speaks in clear text. */
  public Newcomers(InetSocketAddress gateway) {
    String at = "gproto+h2c://" + gateway.getHostString() + ":" + gateway.getPort() + "/";
    sessions =
        connections.stream()
            .map(connection ->
                GrpcClients.builder(at)
                    .factory(connection)
                    .responseTimeout(Duration.ZERO)
                    .maxResponseLength(0)
                    .build(SessionServiceStub.class))
            .toList();
  }

  /**
   * All come in; returns when everything that each is told at first has come.
   *
   * @param atOnce how many are on their way at the same time
   * @throws IllegalStateException when one was not let in
   */
  public List<Newcomer> come(List<Guest> guests, int atOnce) {
    Semaphore room = new Semaphore(atOnce);
    List<CompletableFuture<Newcomer>> coming = new ArrayList<>();
    for (Guest guest : guests) {
      room.acquireUninterruptibly();
      coming.add(
          Newcomer.come(sessions.get(coming.size() % CONNECTIONS), guest.token(), guest.channelId())
              .whenComplete((there, fault) -> room.release()));
    }
    List<Newcomer> there = coming.stream().map(Newcomers::await).toList();
    here.addAll(there);
    return there;
  }

  /** All who are there go away. */
  public void leave() {
    here.forEach(Newcomer::close);
    here.clear();
  }

  @Override
  public void close() {
    leave();
    connections.forEach(ClientFactory::close);
  }

  private static Newcomer await(CompletableFuture<Newcomer> coming) {
    try {
      return coming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | CompletionException | TimeoutException e) {
      throw new IllegalStateException("a user did not get in", e);
    }
  }
}
