package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.DeleteMessageResponse;
import chat.starling.api.v1.Filters;
import chat.starling.api.v1.GetFiltersRequest;
import chat.starling.api.v1.GetFiltersResponse;
import chat.starling.api.v1.ModerationServiceGrpc.ModerationServiceImplBase;
import chat.starling.api.v1.SetFiltersRequest;
import chat.starling.api.v1.SetFiltersResponse;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.workspace.Permit;
import chat.starling.platform.permission.Permission;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Deletes messages and sets filters, for those who may. */
final class ModerationRpc extends ModerationServiceImplBase {

  private final Caller caller;
  private final Permits permits;
  private final ChannelServers servers;
  private final Acts acts;
  private final Insiders insiders;

  ModerationRpc(
      Caller caller, Permits permits, ChannelServers servers, Acts acts, Insiders insiders) {
    this.caller = caller;
    this.permits = permits;
    this.servers = servers;
    this.acts = acts;
    this.insiders = insiders;
  }

  @Override
  public void getFilters(GetFiltersRequest request, StreamObserver<GetFiltersResponse> answer) {
    caller.serve(
        answer,
        who ->
            filters(who, Requests.workspace(who, request.getWorkspaceId()))
                .thenApply(filters -> GetFiltersResponse.newBuilder().setFilters(filters).build()));
  }

  @Override
  public void setFilters(SetFiltersRequest request, StreamObserver<SetFiltersResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          Act.Builder act = Act.newBuilder();
          act.getSetFiltersBuilder().addAllFilters(FilterRows.of(request.getFilters()));
          return acts.run(
              who,
              workspace,
              act,
              terms,
              done ->
                  filters(who, workspace)
                      .thenApply(
                          filters -> SetFiltersResponse.newBuilder().setFilters(filters).build()));
        });
  }

  private CompletableFuture<Filters> filters(Identity who, long workspaceId) {
    return insiders
        .workspace(who, workspaceId)
        .thenApply(seen -> seen.require(Permission.MANAGE_WORKSPACE))
        .thenApply(seen -> FilterRows.shown(seen.rules().getFilters().getFiltersList()));
  }

  @Override
  public void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          long channelId = Requests.id("channel_id", request.getChannelId());
          long messageId = Requests.id("message_id", request.getMessageId());
          return permits
              .check(identity, channelId, Permission.VIEW_CHANNEL)
              .thenCompose(permit -> delete(identity, permit, channelId, messageId));
        });
  }

  private CompletableFuture<DeleteMessageResponse> delete(
      Identity identity, Permit permit, long channelId, long messageId) {
    boolean others = permits.allows(permit, Permission.MANAGE_MESSAGES);
    if (!others && !permits.allows(permit, Permission.SEND_MESSAGES)) {
      return CompletableFuture.failedFuture(Permits.missing(channelId, Permission.SEND_MESSAGES));
    }
    return servers
        .owner(channelId)
        .deleteMessage(
            chat.starling.api.internal.v1.DeleteMessageRequest.newBuilder()
                .setChannelId(channelId)
                .setMessageId(messageId)
                .setUserId(identity.userId())
                .setOthers(others)
                .setNonce(Terms.unique())
                .build())
        .thenApply(done -> DeleteMessageResponse.newBuilder().setSeq(done.getSeq()).build());
  }
}
