package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Those who may read of a workspace: whom a token admits and who neither left nor was removed. */
public final class Insiders {

  private final ChannelServers servers;
  private final InstantSource clock;

  /** Insiders as these servers know them. */
  public Insiders(ChannelServers servers, InstantSource clock) {
    this.servers = servers;
    this.clock = clock;
  }

  /**
   * What the caller is to the workspace, which his token admits to; fails with NOT_A_MEMBER or
   * BANNED when he may not read of it.
   */
  public CompletableFuture<MemberRow> require(Identity who, long workspaceId) {
    return member(workspaceId, who.userId())
        .thenCompose(row ->
            switch (row.getState()) {
              case MEMBER_STATE_LEFT ->
                  CompletableFuture.failedFuture(refusal(Reason.REASON_NOT_A_MEMBER, workspaceId));
              case MEMBER_STATE_BANNED ->
                  CompletableFuture.failedFuture(refusal(Reason.REASON_BANNED, workspaceId));
              default -> CompletableFuture.completedFuture(row);
            });
  }

  /** The workspace as the caller sees it; fails as {@link #require}. */
  public CompletableFuture<SeenWorkspace> workspace(Identity who, long workspaceId) {
    return require(who, workspaceId).thenCompose(caller -> seen(caller, workspaceId));
  }

  /** What a user is to the workspace. */
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return servers
        .any()
        .member(GetMemberRequest.newBuilder().setWorkspaceId(workspaceId).setUserId(userId).build())
        .thenApply(GetMemberResponse::getMember);
  }

  private CompletableFuture<SeenWorkspace> seen(MemberRow caller, long workspaceId) {
    return servers
        .any()
        .workspaceRules(GetWorkspaceRulesRequest.newBuilder().setWorkspaceId(workspaceId).build())
        .thenApply(rules ->
            new SeenWorkspace(
                workspaceId,
                rules,
                EffectiveMask.inWorkspace(
                    RuleRows.workspace(
                        rules.getVersion(),
                        rules.getWorkspace().getOwnerId(),
                        rules.getRolesList()),
                    RuleRows.member(caller, caller.getVersion()),
                    clock.millis())));
  }

  /** The refusal for who is not in the workspace. */
  static RefusedException refusal(Reason reason, long workspaceId) {
    return Refuse.because(reason)
        .field("workspace_id")
        .value(workspaceId)
        .expected("a workspace that the caller has neither left nor been removed from")
        .toException();
  }
}
