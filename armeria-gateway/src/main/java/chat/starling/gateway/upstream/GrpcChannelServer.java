package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceFutureStub;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.api.internal.v1.CountMembersResponse;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.internal.v1.DeleteMessageResponse;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceFutureStub;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceFutureStub;
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
import chat.starling.api.internal.v1.LookupServiceGrpc.LookupServiceFutureStub;
import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.api.internal.v1.NameUsersResponse;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.ReportStoreServiceGrpc.ReportStoreServiceFutureStub;
import chat.starling.api.internal.v1.ScanChannelsRequest;
import chat.starling.api.internal.v1.ScanChannelsResponse;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One channel server over gRPC: unary calls, and a stream of appends. Cancelling a future ends its
 * call, or forgets the append.
 *
 * @param patience each call ends by then, with TIMEOUT if not otherwise
 */
record GrpcChannelServer(
    FeedServiceFutureStub unaryFeeds,
    DirectoryServiceFutureStub unaryDirectory,
    LookupServiceFutureStub unaryLookup,
    AdministrationServiceFutureStub unaryAdministration,
    ReportStoreServiceFutureStub unaryReports,
    AppendLine appends,
    Duration patience)
    implements ChannelServer {

  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public CompletableFuture<AppendResponse> append(AppendRequest request, String traceparent) {
    return appends.append(request, traceparent, patience);
  }

  @Override
  public CompletableFuture<ReadEventsResponse> readEvents(ReadEventsRequest request) {
    return call(() -> feeds().readEvents(request));
  }

  @Override
  public CompletableFuture<DeleteMessageResponse> deleteMessage(DeleteMessageRequest request) {
    return call(() -> feeds().deleteMessage(request));
  }

  @Override
  public CompletableFuture<ReadHistoryResponse> readHistory(ReadHistoryRequest request) {
    return call(() -> feeds().readHistory(request));
  }

  @Override
  public CompletableFuture<LookupChannelResponse> lookupChannel(LookupChannelRequest request) {
    return call(() -> directory().lookupChannel(request));
  }

  @Override
  public CompletableFuture<ScanChannelsResponse> scanChannels(ScanChannelsRequest request) {
    return call(() -> directory().scanChannels(request));
  }

  @Override
  public CompletableFuture<GetMembershipResponse> membership(GetMembershipRequest request) {
    return call(() -> directory().getMembership(request));
  }

  @Override
  public CompletableFuture<ListMembershipsResponse> memberships(ListMembershipsRequest request) {
    return call(() -> directory().listMemberships(request));
  }

  @Override
  public CompletableFuture<ListChannelMembersResponse> channelMembers(
      ListChannelMembersRequest request) {
    return call(() -> directory().listChannelMembers(request));
  }

  @Override
  public CompletableFuture<CountMembersResponse> countMembers(CountMembersRequest request) {
    return call(() -> directory().countMembers(request));
  }

  @Override
  public CompletableFuture<AdministerResponse> administer(
      AdministerRequest request, String traceparent) {
    return call(() -> of(traceparent).administer(request));
  }

  private AdministrationServiceFutureStub of(String traceparent) {
    if (traceparent.isEmpty()) {
      return administration();
    }
    Metadata headers = new Metadata();
    headers.put(TRACEPARENT, traceparent);
    return administration().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> workspaceRules(
      GetWorkspaceRulesRequest request) {
    return call(() -> administration().getWorkspaceRules(request));
  }

  @Override
  public CompletableFuture<GetUsersResponse> getUsers(GetUsersRequest request) {
    return call(() -> lookup().getUsers(request));
  }

  @Override
  public CompletableFuture<GetChannelsResponse> getChannels(GetChannelsRequest request) {
    return call(() -> lookup().getChannels(request));
  }

  @Override
  public CompletableFuture<NameUsersResponse> nameUsers(NameUsersRequest request) {
    return call(() -> lookup().nameUsers(request));
  }

  @Override
  public CompletableFuture<FindUsersResponse> findUsers(FindUsersRequest request) {
    return call(() -> lookup().findUsers(request));
  }

  @Override
  public CompletableFuture<FindChannelsResponse> findChannels(FindChannelsRequest request) {
    return call(() -> lookup().findChannels(request));
  }

  @Override
  public CompletableFuture<GetMemberResponse> member(GetMemberRequest request) {
    return call(() -> administration().getMember(request));
  }

  @Override
  public CompletableFuture<ListMembersResponse> members(ListMembersRequest request) {
    return call(() -> administration().listMembers(request));
  }

  @Override
  public CompletableFuture<KeepReportResponse> keepReport(KeepReportRequest request) {
    return call(() -> reports().keepReport(request));
  }

  @Override
  public CompletableFuture<GetReportResponse> report(GetReportRequest request) {
    return call(() -> reports().getReport(request));
  }

  @Override
  public CompletableFuture<ListReportsResponse> reports(ListReportsRequest request) {
    return call(() -> reports().listReports(request));
  }

  @Override
  public CompletableFuture<ListInvitationsResponse> invitations(ListInvitationsRequest request) {
    return call(() -> administration().listInvitations(request));
  }

  @Override
  public CompletableFuture<ListAuditLogResponse> auditLog(ListAuditLogRequest request) {
    return call(() -> administration().listAuditLog(request));
  }

  private FeedServiceFutureStub feeds() {
    return unaryFeeds.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private DirectoryServiceFutureStub directory() {
    return unaryDirectory.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private LookupServiceFutureStub lookup() {
    return unaryLookup.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private AdministrationServiceFutureStub administration() {
    return unaryAdministration.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private ReportStoreServiceFutureStub reports() {
    return unaryReports.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static <T> CompletableFuture<T> call(Supplier<ListenableFuture<T>> rpc) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    ListenableFuture<T> calling = rpc.get();
    Futures.addCallback(
        calling,
        new FutureCallback<T>() {
          @Override
          public void onSuccess(T result) {
            answer.complete(result);
          }

          @Override
          public void onFailure(Throwable fault) {
            answer.completeExceptionally(AttemptFaults.refused(fault));
          }
        },
        MoreExecutors.directExecutor());
    var _ =
        answer.whenComplete((result, fault) -> {
          if (answer.isCancelled()) {
            calling.cancel(true);
          }
        });
    return answer;
  }
}
