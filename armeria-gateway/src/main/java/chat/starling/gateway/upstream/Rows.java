package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.edge.Gathering;
import chat.starling.gateway.workspace.WorkspaceReads;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of workspaces, read from any channel server; channels many at once when many are wanted.
 */
public final class Rows implements WorkspaceReads {

  /** Calls hold as many channels as a channel server takes. */
  private static final Gathering.Bounds BOUNDS = new Gathering.Bounds(200, 4, 200_000);

  private final ChannelServers servers;
  private final Gathering<Long, ChannelObject> channels = new Gathering<>(BOUNDS, this::channels);

  /** Rows as these servers have them. */
  public Rows(ChannelServers servers) {
    this.servers = servers;
  }

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> rules(long workspaceId) {
    return servers
        .any()
        .workspaceRules(GetWorkspaceRulesRequest.newBuilder().setWorkspaceId(workspaceId).build());
  }

  @Override
  public CompletableFuture<ChannelObject> channel(long channelId) {
    return channels
        .ask(List.of(channelId))
        .thenApply(found ->
            found.values().stream()
                .findFirst()
                .flatMap(Function.identity())
                .orElseThrow(() -> notFound(channelId)));
  }

  private CompletableFuture<Map<Long, ChannelObject>> channels(List<Long> ids) {
    return servers
        .any()
        .getChannels(GetChannelsRequest.newBuilder().addAllChannelIds(ids).build())
        .thenApply(GetChannelsResponse::getChannelsList)
        .thenApply(found ->
            found.stream()
                .collect(
                    Collectors.toMap(
                        channel -> channel.getRow().getChannelId(), Function.identity())));
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

  private static RefusedException notFound(long channelId) {
    return Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
        .field("channel_id")
        .value(channelId)
        .toException();
  }
}
