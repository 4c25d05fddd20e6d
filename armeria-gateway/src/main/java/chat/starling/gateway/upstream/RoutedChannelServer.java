package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.api.internal.v1.CountMembersResponse;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.internal.v1.DeleteMessageResponse;
import chat.starling.api.internal.v1.FindChannelsRequest;
import chat.starling.api.internal.v1.FindChannelsResponse;
import chat.starling.api.internal.v1.FindUsersRequest;
import chat.starling.api.internal.v1.FindUsersResponse;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.GetReportRequest;
import chat.starling.api.internal.v1.GetReportResponse;
import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.GetUsersResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.KeepReportRequest;
import chat.starling.api.internal.v1.KeepReportResponse;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.internal.v1.ListChannelMembersRequest;
import chat.starling.api.internal.v1.ListChannelMembersResponse;
import chat.starling.api.internal.v1.ListInvitationsRequest;
import chat.starling.api.internal.v1.ListInvitationsResponse;
import chat.starling.api.internal.v1.ListMembersRequest;
import chat.starling.api.internal.v1.ListMembersResponse;
import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ListMembershipsResponse;
import chat.starling.api.internal.v1.ListReportsRequest;
import chat.starling.api.internal.v1.ListReportsResponse;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.LookupChannelResponse;
import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.api.internal.v1.NameUsersResponse;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.ScanChannelsRequest;
import chat.starling.api.internal.v1.ScanChannelsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.routing.Calls;
import chat.starling.gateway.routing.Peer;
import chat.starling.gateway.routing.Route;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whichever channel server a route leads to, tried again along it: every rpc may be repeated, an
 * append and an act with their nonces.
 */
record RoutedChannelServer(Calls calls, Links links, Supplier<Route> routes)
    implements ChannelServer {

  @Override
  public CompletableFuture<AppendResponse> append(AppendRequest request, String traceparent) {
    return run(true, (server, again) -> server.append(repeated(request, again), traceparent));
  }

  @Override
  public CompletableFuture<ReadEventsResponse> readEvents(ReadEventsRequest request) {
    return read(server -> server.readEvents(request));
  }

  @Override
  public CompletableFuture<DeleteMessageResponse> deleteMessage(DeleteMessageRequest request) {
    return change(server -> server.deleteMessage(request));
  }

  @Override
  public CompletableFuture<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return read(server -> server.readHistory(request));
  }

  @Override
  public CompletableFuture<LookupChannelResponse> lookupChannel(LookupChannelRequest request) {
    return read(server -> server.lookupChannel(request));
  }

  @Override
  public CompletableFuture<ScanChannelsResponse> scanChannels(ScanChannelsRequest request) {
    return read(server -> server.scanChannels(request));
  }

  @Override
  public CompletableFuture<GetMembershipResponse> membership(GetMembershipRequest request) {
    return read(server -> server.membership(request));
  }

  @Override
  public CompletableFuture<ListMembershipsResponse> memberships(ListMembershipsRequest request) {
    return read(server -> server.memberships(request));
  }

  @Override
  public CompletableFuture<ListChannelMembersResponse> channelMembers(
      ListChannelMembersRequest request) {
    return read(server -> server.channelMembers(request));
  }

  @Override
  public CompletableFuture<CountMembersResponse> countMembers(CountMembersRequest request) {
    return read(server -> server.countMembers(request));
  }

  @Override
  public CompletableFuture<AdministerResponse> administer(
      AdministerRequest request, String traceparent) {
    return change(server -> server.administer(request, traceparent));
  }

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> workspaceRules(
      GetWorkspaceRulesRequest request) {
    return read(server -> server.workspaceRules(request));
  }

  @Override
  public CompletableFuture<GetUsersResponse> getUsers(GetUsersRequest request) {
    return read(server -> server.getUsers(request));
  }

  @Override
  public CompletableFuture<GetChannelsResponse> getChannels(GetChannelsRequest request) {
    return read(server -> server.getChannels(request));
  }

  @Override
  public CompletableFuture<NameUsersResponse> nameUsers(NameUsersRequest request) {
    return change(server -> server.nameUsers(request));
  }

  @Override
  public CompletableFuture<FindUsersResponse> findUsers(FindUsersRequest request) {
    return read(server -> server.findUsers(request));
  }

  @Override
  public CompletableFuture<FindChannelsResponse> findChannels(FindChannelsRequest request) {
    return read(server -> server.findChannels(request));
  }

  @Override
  public CompletableFuture<GetMemberResponse> member(GetMemberRequest request) {
    return read(server -> server.member(request));
  }

  @Override
  public CompletableFuture<ListMembersResponse> members(ListMembersRequest request) {
    return read(server -> server.members(request));
  }

  @Override
  public CompletableFuture<KeepReportResponse> keepReport(KeepReportRequest request) {
    return change(server -> server.keepReport(request));
  }

  @Override
  public CompletableFuture<GetReportResponse> report(GetReportRequest request) {
    return read(server -> server.report(request));
  }

  @Override
  public CompletableFuture<ListReportsResponse> reports(ListReportsRequest request) {
    return read(server -> server.reports(request));
  }

  @Override
  public CompletableFuture<ListInvitationsResponse> invitations(ListInvitationsRequest request) {
    return read(server -> server.invitations(request));
  }

  @Override
  public CompletableFuture<ListAuditLogResponse> auditLog(ListAuditLogRequest request) {
    return read(server -> server.auditLog(request));
  }

  private static AppendRequest repeated(AppendRequest request, boolean again) {
    return again ? request.toBuilder().setRetry(true).build() : request;
  }

  private <T> CompletableFuture<T> read(Function<ChannelServer, CompletableFuture<T>> rpc) {
    return run(false, (server, again) -> rpc.apply(server));
  }

  private <T> CompletableFuture<T> change(Function<ChannelServer, CompletableFuture<T>> rpc) {
    return run(true, (server, again) -> rpc.apply(server));
  }

  private <T> CompletableFuture<T> run(
      boolean changes, BiFunction<ChannelServer, Boolean, CompletableFuture<T>> rpc) {
    return calls.run(
        routes.get(),
        changes,
        (peer, again, patience) -> {
          Link link;
          try {
            link = links.to(peer);
          } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(nobodyThere(peer));
          }
          return rpc.apply(link.within(patience), again);
        });
  }

  /** Servers name each other; one whose name is no host is as good as away. */
  private static RefusedException nobodyThere(Peer peer) {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("no channel server can be at " + peer)
        .toException();
  }
}
