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
import java.util.concurrent.CompletableFuture;

/**
 * What a channel server can be asked, one method for each rpc but Subscribe. A future that fails
 * fails with a {@link chat.starling.platform.refusal.RefusedException}.
 */
public interface ChannelServer {

  /**
   * Appends a message.
   *
   * @param traceparent of the span that this is a part of; empty when there is none
   */
  CompletableFuture<AppendResponse> append(AppendRequest request, String traceparent);

  /** Reads a run of events. */
  CompletableFuture<ReadEventsResponse> readEvents(ReadEventsRequest request);

  /** Takes a message's text away. */
  CompletableFuture<DeleteMessageResponse> deleteMessage(DeleteMessageRequest request);

  /** Reads a page of old messages. */
  CompletableFuture<ReadHistoryResponse> readHistory(ReadHistoryRequest request);

  /** Finds a channel by its name. */
  CompletableFuture<LookupChannelResponse> lookupChannel(LookupChannelRequest request);

  /** Lists a workspace's channels, whoever sees them. */
  CompletableFuture<ScanChannelsResponse> scanChannels(ScanChannelsRequest request);

  /** Tells a channel, and whether a user is a member of it. */
  CompletableFuture<GetMembershipResponse> membership(GetMembershipRequest request);

  /** Lists the ids of a user's channels in a workspace. */
  CompletableFuture<ListMembershipsResponse> memberships(ListMembershipsRequest request);

  /** Lists the ids of a channel's members. */
  CompletableFuture<ListChannelMembersResponse> channelMembers(ListChannelMembersRequest request);

  /** Counts a channel's members up to a limit. */
  CompletableFuture<CountMembersResponse> countMembers(CountMembersRequest request);

  /**
   * Does one act on a workspace, which a repetition does not do again.
   *
   * @param traceparent of the span that this is a part of; empty when there is none
   */
  CompletableFuture<AdministerResponse> administer(AdministerRequest request, String traceparent);

  /** Tells a workspace's name, owner and roles. */
  CompletableFuture<GetWorkspaceRulesResponse> workspaceRules(GetWorkspaceRulesRequest request);

  /** Reads users. */
  CompletableFuture<GetUsersResponse> getUsers(GetUsersRequest request);

  /** Reads channels. */
  CompletableFuture<GetChannelsResponse> getChannels(GetChannelsRequest request);

  /** Makes names of users known. */
  CompletableFuture<NameUsersResponse> nameUsers(NameUsersRequest request);

  /** Finds users by what their names begin with. */
  CompletableFuture<FindUsersResponse> findUsers(FindUsersRequest request);

  /** Finds channels by what their names begin with. */
  CompletableFuture<FindChannelsResponse> findChannels(FindChannelsRequest request);

  /** Tells what a user is to a workspace. */
  CompletableFuture<GetMemberResponse> member(GetMemberRequest request);

  /** Lists a workspace's members. */
  CompletableFuture<ListMembersResponse> members(ListMembersRequest request);

  /** Keeps a report of a message, which a repetition does not keep again. */
  CompletableFuture<KeepReportResponse> keepReport(KeepReportRequest request);

  /** Reads a report. */
  CompletableFuture<GetReportResponse> report(GetReportRequest request);

  /** Lists a workspace's reports. */
  CompletableFuture<ListReportsResponse> reports(ListReportsRequest request);

  /** Lists a workspace's invitations. */
  CompletableFuture<ListInvitationsResponse> invitations(ListInvitationsRequest request);

  /** Lists what was done in a workspace. */
  CompletableFuture<ListAuditLogResponse> auditLog(ListAuditLogRequest request);
}
