package chat.starling.channel.owner.heads;

import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.owner.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Which workspace a channel belongs to, which never changes. The answers for channels that are used
 * are remembered; that there is no such channel only for a while. On one loop.
 */
final class WorkspacesOfChannels {

  private static final int MOST = 200_000;
  private static final int MOST_ASKED = 256;
  private static final float LOAD = 0.75f;
  private static final Duration NONE_FOR = Duration.ofMinutes(1);

  /**
   * @param workspaceId 0 for none
   */
  private record Known(long workspaceId, long at) {}

  private final Map<Long, Known> known =
      new LinkedHashMap<>(64, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MOST;
        }
      };
  private final Map<Long, Boolean> asked = new HashMap<>();
  private final StoredHeads store;
  private final Loop loop;

  WorkspacesOfChannels(StoredHeads store, Loop loop) {
    this.store = store;
    this.loop = loop;
  }

  /**
   * Hands over the channel's workspace, at once where it is known.
   *
   * @param unknown runs instead when the store could not be asked now, or too many are being asked
   */
  void of(long channelId, long now, Consumer<Long> found, Runnable unknown) {
    Known answer = known.get(channelId);
    if (answer != null && (answer.workspaceId != 0 || now - answer.at < NONE_FOR.toNanos())) {
      hand(answer, found);
    } else if (asked.containsKey(channelId) || asked.size() >= MOST_ASKED) {
      unknown.run();
    } else {
      ask(channelId, now, found, unknown);
    }
  }

  private void ask(long channelId, long now, Consumer<Long> found, Runnable unknown) {
    asked.put(channelId, true);
    store
        .workspaceOf(channelId)
        .whenComplete((workspace, fault) ->
            loop.execute(() -> {
              asked.remove(channelId);
              if (fault != null) {
                unknown.run();
              } else {
                hand(remember(channelId, workspace, now), found);
              }
            }));
  }

  private Known remember(long channelId, OptionalLong workspace, long now) {
    Known answer = new Known(workspace.orElse(0), now);
    known.put(channelId, answer);
    return answer;
  }

  private static void hand(Known answer, Consumer<Long> found) {
    if (answer.workspaceId != 0) {
      found.accept(answer.workspaceId);
    }
  }
}
