package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Owners and roles of workspaces in which somebody looked at something lately. */
final class KnownRules {

  private final ChannelServers servers;
  private final AsyncCache<Long, WorkspaceRules> rules;

  /**
   * @param size workspaces remembered at most
   * @param time how long each
   */
  KnownRules(ChannelServers servers, int size, Duration time) {
    this.servers = servers;
    this.rules = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(time).buildAsync();
  }

  CompletableFuture<WorkspaceRules> of(long workspaceId) {
    return rules.get(workspaceId, (id, executor) -> read(id));
  }

  /** The rules are not what they were. */
  void forget(long workspaceId) {
    rules.synchronous().invalidate(workspaceId);
  }

  private CompletableFuture<WorkspaceRules> read(long workspaceId) {
    return servers
        .any()
        .workspaceRules(GetWorkspaceRulesRequest.newBuilder().setWorkspaceId(workspaceId).build())
        .thenApply(KnownRules::rules);
  }

  private static WorkspaceRules rules(GetWorkspaceRulesResponse found) {
    return RuleRows.workspace(
        found.getVersion(), found.getWorkspace().getOwnerId(), found.getRolesList());
  }
}
