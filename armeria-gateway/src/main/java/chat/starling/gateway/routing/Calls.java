package chat.starling.gateway.routing;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All calls of this gateway to channel servers. Safe on any thread. */
public final class Calls {

  private final Set<RoutedCall<?>> inFlight = ConcurrentHashMap.newKeySet();
  private final Supplier<Lane> lanes;
  private final CallLimits limits;
  private final CallCounters counters;

  /**
   * @param lanes the lane of the next call
   */
  public Calls(Supplier<Lane> lanes, CallLimits limits, CallCounters counters) {
    this.lanes = lanes;
    this.limits = limits;
    this.counters = counters;
  }

  /**
   * Makes a call along its route.
   *
   * @param changes whether the call changes something: then it ends with TIMEOUT instead of
   *     UNAVAILABLE when its time is over and it may have been done
   * @return fails with a {@link chat.starling.platform.refusal.RefusedException}, never with
   *     NOT_OWNER
   */
  public <T> CompletableFuture<T> run(Route route, boolean changes, Attempts<T> attempts) {
    var call = new RoutedCall<>(lanes.get(), limits, counters, route, changes, attempts);
    inFlight.add(call);
    var _ = call.answer().whenComplete((result, fault) -> inFlight.remove(call));
    call.lane().execute(call::start);
    return call.answer();
  }

  /** There is a newer view: what waits for a server that is no longer the right one moves on. */
  public void ringChanged() {
    inFlight.forEach(call -> call.lane().execute(call::ringChanged));
  }

  /** Calls that wait for an answer. */
  int inFlight() {
    return inFlight.size();
  }
}
