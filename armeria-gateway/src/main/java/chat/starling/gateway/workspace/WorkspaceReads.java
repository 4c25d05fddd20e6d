package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import java.util.concurrent.CompletableFuture;

/**
 * The rows of workspaces. A read that was begun after an event of the workspace's feed was heard
 * shows what that event made of them. Futures fail with a {@link
 * chat.starling.platform.refusal.RefusedException}.
 */
public interface WorkspaceReads {

  /** Name, owner and roles of a workspace, founded or not. */
  CompletableFuture<GetWorkspaceRulesResponse> rules(long workspaceId);

  /** A channel with its overrides; fails with CHANNEL_NOT_FOUND. */
  CompletableFuture<ChannelObject> channel(long channelId);

  /** What a user is to a workspace. */
  CompletableFuture<MemberRow> member(long workspaceId, long userId);

  /** Whether a user is a member of a channel. */
  CompletableFuture<Boolean> membership(long channelId, long userId);
}
