package chat.starling.channel.ownership;

import java.util.HashMap;
import java.util.Map;

/** The incarnations that this server knows to be over. Once over, always over. */
final class EndedIncarnations {

  private final Map<String, Long> lastEnded = new HashMap<>();

  void learn(String serverId, LeaseRow row) {
    lastEnded.merge(serverId, row.lastEnded(), Math::max);
  }

  boolean has(String serverId, long incarnation) {
    return incarnation <= lastEnded.getOrDefault(serverId, 0L);
  }
}
