package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.GetChannelRulesRequest;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.gateway.workspace.WorkspaceReads;
import java.util.concurrent.CompletableFuture;

/** The rows of workspaces, read from any channel server. */
public record Rows(ChannelServers servers) implements WorkspaceReads {

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> rules(long workspaceId) {
    return servers
        .any()
        .workspaceRules(GetWorkspaceRulesRequest.newBuilder().setWorkspaceId(workspaceId).build());
  }

  @Override
  public CompletableFuture<GetChannelRulesResponse> channel(long channelId) {
    return servers
        .any()
        .channelRules(GetChannelRulesRequest.newBuilder().setChannelId(channelId).build());
  }

  @Override
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return servers
        .any()
        .member(GetMemberRequest.newBuilder().setWorkspaceId(workspaceId).setUserId(userId).build())
        .thenApply(GetMemberResponse::getMember);
  }

  @Override
  public CompletableFuture<Boolean> membership(long channelId, long userId) {
    return servers
        .any()
        .membership(
            GetMembershipRequest.newBuilder().setChannelId(channelId).setUserId(userId).build())
        .thenApply(GetMembershipResponse::getMember);
  }
}
