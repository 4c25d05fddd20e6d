package chat.starling.channel.peer;

import chat.starling.api.internal.v1.HeadServiceGrpc.HeadServiceFutureStub;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.settings.HostPort;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerRule;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.SessionProtocol;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The other channel servers as they can be called: each with a circuit of its own. */
final class Peers implements AutoCloseable {

  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration OPEN_TIME = Duration.ofSeconds(1);
  private static final int MIN_CALLS = 5;
  private static final double FAILURE_RATE = 0.5;

  private final Map<String, HeadServiceFutureStub> stubs = new ConcurrentHashMap<>();
  private final ClientFactory connections;
  private final Duration patience;

  /**
   * @param patience how long a call may take, its connection included
   */
  Peers(Duration patience) {
    this.patience = patience;
    this.connections = ClientFactory.builder().connectTimeout(patience).pingInterval(PING).build();
  }

  /**
   * Who answers at host:port.
   *
   * @throws IllegalArgumentException if that is no address
   */
  HeadServiceFutureStub at(String address) {
    return stubs.computeIfAbsent(address, this::stub);
  }

  /** Forgets those who are not in the view. */
  void retain(RingView view) {
    Set<String> there = view.members().stream().map(Member::address).collect(Collectors.toSet());
    stubs.keySet().retainAll(there);
  }

  private HeadServiceFutureStub stub(String address) {
    HostPort at = HostPort.parse(address);
    CircuitBreaker circuit =
        CircuitBreaker.builder(address)
            .counterSlidingWindow(WINDOW)
            .counterUpdateInterval(OPEN_TIME)
            .minimumRequestThreshold(MIN_CALLS)
            .failureRateThreshold(FAILURE_RATE)
            .circuitOpenWindow(OPEN_TIME)
            .trialRequestInterval(OPEN_TIME)
            .build();
    CircuitBreakerRule rule = CircuitBreakerRule.builder().onException().thenFailure();
    return GrpcClients.builder(SessionProtocol.H2C, Endpoint.of(at.host(), at.port()))
        .factory(connections)
        .responseTimeout(patience)
        .decorator(CircuitBreakerClient.newDecorator(circuit, rule))
        .build(HeadServiceFutureStub.class);
  }

  @Override
  public void close() {
    connections.close();
  }
}
