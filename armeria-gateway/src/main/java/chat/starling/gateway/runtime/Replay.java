package chat.starling.gateway.runtime;

import chat.starling.api.v1.Refusal;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Permit;
import chat.starling.platform.permission.Permission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a session was sent on an earlier connection and its client did not get: as much of it as the
 * user may still view. On the session's event loop.
 */
final class Replay {

  private final Dormant earlier;
  private final long received;
  private final Map<Long, Permit> permits = new HashMap<>();
  private final Set<Long> lost = new HashSet<>();
  private boolean known = true;

  private Replay(Dormant earlier, long received) {
    this.earlier = earlier;
    this.received = received;
  }

  /** Completes when it is known which of the channels the user may view. */
  static CompletableFuture<Replay> of(
      Permits permits, Identity who, Dormant earlier, long received) {
    Replay replay = new Replay(earlier, received);
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (long channelId : replay.channels()) {
      all =
          all.thenCombine(
              permits
                  .check(who, channelId, Permission.VIEW_CHANNEL)
                  .handle((permit, fault) -> new Checked(channelId, permit, fault)),
              (done, checked) -> replay.take(checked));
    }
    return all.thenApply(done -> replay);
  }

  /** What became of the question whether the user may view a channel. */
  private record Checked(long channelId, @Nullable Permit permit, @Nullable Throwable fault) {}

  private List<Long> channels() {
    return earlier.sent().after(received).orElseGet(List::of).stream()
        .map(Parcel::channelId)
        .distinct()
        .toList();
  }

  private @Nullable Void take(Checked checked) {
    if (checked.permit != null) {
      permits.put(checked.channelId, checked.permit);
    } else {
      Refusal refusal =
          Faults.refusal(checked.fault == null ? new AssertionError() : checked.fault);
      lost.add(checked.channelId);
      known &= !Faults.passes(refusal);
    }
    return null;
  }

  /**
   * The events that the client gets now, in their order; from now on they count as sent and the
   * others as never sent. Empty when the session cannot go on where it was: too much is missing, or
   * it is not known at this moment what the user may view.
   */
  Optional<List<Parcel>> missed() {
    if (!known || permits.values().stream().anyMatch(permit -> !isKnown(permit))) {
      return Optional.empty();
    }
    permits.forEach((channelId, permit) -> {
      if (!permit.allowsViewing()) {
        lost.add(channelId);
      }
    });
    return earlier.sent().keepAfter(received, parcel -> !lost.contains(parcel.channelId()));
  }

  private static boolean isKnown(Permit permit) {
    return permit.isKnown() && permit.gate().isOpen();
  }

  /** The channels whose events the client does not get: it cannot go on with them. */
  Set<Long> lost() {
    return Set.copyOf(lost);
  }

  /** The session as the earlier connection left it. */
  Dormant earlier() {
    return earlier;
  }
}
