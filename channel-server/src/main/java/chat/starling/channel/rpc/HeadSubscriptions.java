package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.heads.HeadSource;
import chat.starling.platform.refusal.RefusedException;
import java.util.HashMap;
import java.util.Map;

/** The workspaces that one gateway watches. On its stream's event loop. */
final class HeadSubscriptions {

  private final Map<Long, HeadSubscription> all = new HashMap<>();
  private final HeadSource source;
  private final Outbound<SubscribeResponse> outbound;
  private final int most;

  HeadSubscriptions(HeadSource source, Outbound<SubscribeResponse> outbound, int most) {
    this.source = source;
    this.outbound = outbound;
    this.most = most;
  }

  /** Begins to watch, anew where it is being watched already. */
  void watch(long workspaceId) {
    HeadSubscription next = new HeadSubscription(workspaceId, outbound);
    try {
      Checks.id("watch_heads.workspace_id", workspaceId);
    } catch (RefusedException e) {
      next.refused(e.reason());
      return;
    }
    unwatch(workspaceId);
    if (all.size() >= most) {
      next.refused(Reason.REASON_TOO_MANY);
      return;
    }
    all.put(workspaceId, next);
    source.watch(workspaceId, next);
  }

  /** Ends one, whether or not it is there. */
  void unwatch(long workspaceId) {
    HeadSubscription old = all.remove(workspaceId);
    if (old != null) {
      old.end();
      source.unwatch(workspaceId, old);
    }
  }

  /** Ends all. */
  void end() {
    all.forEach((workspaceId, subscription) -> {
      subscription.end();
      source.unwatch(workspaceId, subscription);
    });
    all.clear();
  }
}
