package chat.starling.gateway.upstream;

import chat.starling.gateway.routing.Peer;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.time.MonotonicClock;
import com.linecorp.armeria.client.HttpClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerClient;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerListener;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerRule;
import com.linecorp.armeria.client.circuitbreaker.CircuitState;
import com.linecorp.armeria.client.circuitbreaker.EventCount;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of the calls to one channel server. Lost connections, UNAVAILABLE and
 * timeouts are its failures; whatever else a server answers shows that it works.
 */
final class Circuit {

  private static final int STEPS = 10;

  private static final CircuitBreakerRule RULE =
      CircuitBreakerRule.builder()
          .onException((ctx, fault) -> isGivenUp(fault))
          .thenIgnore()
          .orElse(
              CircuitBreakerRule.builder()
                  .onException((ctx, fault) -> isFailure(fault))
                  .onServerErrorStatus()
                  .onGrpcTrailers((ctx, trailers) -> isFailure(trailers))
                  .thenFailure());

  private final CircuitBreaker breaker;
  private final Duration openTime;
  private final MonotonicClock clock;
  private volatile boolean open;
  private volatile long openSince;

  Circuit(Peer peer, UpstreamSettings settings, MonotonicClock clock) {
    this.openTime = settings.breakerOpenTime();
    this.clock = clock;
    this.breaker =
        CircuitBreaker.builder(peer.toString())
            .counterSlidingWindow(settings.breakerWindow())
            .counterUpdateInterval(settings.breakerWindow().dividedBy(STEPS))
            .minimumRequestThreshold(settings.breakerMinCalls())
            .failureRateThreshold(settings.breakerFailureRate())
            .circuitOpenWindow(openTime)
            .trialRequestInterval(openTime)
            .listener(new Listener())
            .build();
  }

  /** Puts the breaker before a client. */
  Function<? super HttpClient, ? extends HttpClient> decorator() {
    return CircuitBreakerClient.newDecorator(breaker, RULE);
  }

  /** Whether a call may be made that is no HTTP request of its own; {@link #ended} follows. */
  boolean tryCall() {
    return breaker.tryRequest();
  }

  /** Counts a call that was let through and has ended, without a fault or with this one. */
  void ended(@Nullable RefusedException fault) {
    if (fault != null && isFailure(Status.fromCodeValue(fault.refusal().getStatus()).getCode())) {
      breaker.onFailure();
    } else {
      breaker.onSuccess();
    }
  }

  /** Calls fail without being made, but for single ones that try. */
  boolean isOpen() {
    return open;
  }

  /** The circuit has opened and no call is due to try it yet. */
  boolean letsNothingThrough() {
    return open && clock.nanos() - openSince < openTime.toNanos();
  }

  private static boolean isGivenUp(Throwable fault) {
    return fault instanceof CancellationException
        || fault instanceof AbortedStreamException
        || fault instanceof CancelledSubscriptionException
        || code(fault) == Code.CANCELLED;
  }

  private static boolean isFailure(Throwable fault) {
    return isFailure(code(fault));
  }

  private static boolean isFailure(HttpHeaders trailers) {
    return isFailure(Status.fromCodeValue(trailers.getInt("grpc-status", 0)).getCode());
  }

  private static boolean isFailure(Code code) {
    return code == Code.UNAVAILABLE || code == Code.DEADLINE_EXCEEDED || code == Code.UNKNOWN;
  }

  /** UNKNOWN for what is no status: a fault on the way. */
  private static Code code(Throwable fault) {
    return switch (fault) {
      case StatusRuntimeException status -> status.getStatus().getCode();
      case StatusException status -> status.getStatus().getCode();
      default -> Code.UNKNOWN;
    };
  }

  /** Remembers when the circuit opened. */
  private final class Listener implements CircuitBreakerListener {

    @Override
    public void onStateChanged(String name, CircuitState state) {
      openSince = clock.nanos();
      open = state != CircuitState.CLOSED;
    }

    @Override
    @SuppressWarnings("deprecation") // the form without a successor's default must be there
    public void onEventCountUpdated(String name, EventCount count) {}

    @Override
    public void onRequestRejected(String name) {}
  }
}
