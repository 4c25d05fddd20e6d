package chat.starling.gateway.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The small channels that one session has in view although its client has not named them: a bounded
 * number, and none that has been quiet for long. Times are monotonic nanoseconds. Confined to the
 * session's event loop.
 */
public final class PushedChannels {

  /**
   * How long a channel stays whatever else moves: where too many move by turns, some are bumped,
   * rather than each of them read anew all the time.
   */
  static final Duration LEAST_STAY = Duration.ofSeconds(10);

  /**
   * What a session may have.
   *
   * @param most channels at once
   * @param quiet after which one ends
   */
  public record Limits(int most, Duration quiet) {}

  /** When each moved last, the one that has been quiet for longest first. */
  private final Map<Long, Long> movedAt = new LinkedHashMap<>();

  private final Limits limits;

  /** None yet. */
  public PushedChannels(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes a channel in that has moved, in the place of the one that has been quiet for longest when
   * there are too many.
   *
   * @param ended is told of that one, after which it is not here any more
   * @return false when there is no room for it
   */
  public boolean add(long channelId, long now, LongConsumer ended) {
    if (movedAt.size() >= limits.most) {
      Map.Entry<Long, Long> oldest = movedAt.entrySet().iterator().next();
      if (now - oldest.getValue() < LEAST_STAY.toNanos()) {
        return false;
      }
      long quietest = oldest.getKey();
      movedAt.remove(quietest);
      ended.accept(quietest);
    }
    movedAt.put(channelId, now);
    return true;
  }

  /** A channel has moved; one that is not here does not matter. */
  public void moved(long channelId, long now) {
    if (movedAt.remove(channelId) != null) {
      movedAt.put(channelId, now);
    }
  }

  /** A channel is in view no more, or because the client has named it. */
  public void remove(long channelId) {
    movedAt.remove(channelId);
  }

  /** Those that have been quiet for too long; to be ended. */
  public List<Long> quiet(long now) {
    List<Long> quiet = new ArrayList<>();
    for (Map.Entry<Long, Long> each : movedAt.entrySet()) {
      if (now - each.getValue() < limits.quiet.toNanos()) {
        break;
      }
      quiet.add(each.getKey());
    }
    return quiet;
  }
}
