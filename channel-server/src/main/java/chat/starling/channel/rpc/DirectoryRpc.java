package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.api.internal.v1.CountMembersResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.CreateChannelResponse;
import chat.starling.api.internal.v1.DirectoryServiceGrpc;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.JoinChannelRequest;
import chat.starling.api.internal.v1.JoinChannelResponse;
import chat.starling.api.internal.v1.ListChannelMembersRequest;
import chat.starling.api.internal.v1.ListChannelMembersResponse;
import chat.starling.api.internal.v1.ListChannelsRequest;
import chat.starling.api.internal.v1.ListChannelsResponse;
import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ListMembershipsResponse;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.LookupChannelResponse;
import chat.starling.api.internal.v1.ScanChannelsRequest;
import chat.starling.api.internal.v1.ScanChannelsResponse;
import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.ChannelPage;
import chat.starling.channel.directory.ChannelQuery;
import chat.starling.channel.directory.Directory;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;

/** DirectoryService: checks requests and hands them to the directory. */
public final class DirectoryRpc extends DirectoryServiceGrpc.DirectoryServiceImplBase {

  private final Directory directory;

  /** The service of this directory. */
  public DirectoryRpc(Directory directory) {
    this.directory = directory;
  }

  @Override
  public void createChannel(
      CreateChannelRequest request, StreamObserver<CreateChannelResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .create(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    request.getName(),
                    Checks.id("creator_id", request.getCreatorId()))
                .thenApply(channel ->
                    CreateChannelResponse.newBuilder().setChannel(toRecord(channel)).build()));
  }

  @Override
  public void lookupChannel(
      LookupChannelRequest request, StreamObserver<LookupChannelResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .lookup(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    request.getName(),
                    Checks.notNegative("viewer_id", request.getViewerId()))
                .thenApply(channel ->
                    LookupChannelResponse.newBuilder().setChannel(toRecord(channel)).build()));
  }

  @Override
  public void listChannels(ListChannelsRequest request, StreamObserver<ListChannelsResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .list(
                    query(request),
                    Checks.pageSize("page_size", request.getPageSize()),
                    request.getPageToken())
                .thenApply(DirectoryRpc::response));
  }

  @Override
  public void scanChannels(ScanChannelsRequest request, StreamObserver<ScanChannelsResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .scan(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.atLeast("from", request.getFrom(), -DirectoryStore.WORKSPACE_SLICES),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(scan ->
                    ScanChannelsResponse.newBuilder()
                        .addAllChannels(scan.channels().stream().map(Channel::row).toList())
                        .setNext(scan.next())
                        .build()));
  }

  @Override
  public void joinChannel(JoinChannelRequest request, StreamObserver<JoinChannelResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .join(
                    Checks.id("channel_id", request.getChannelId()),
                    Checks.id("user_id", request.getUserId()))
                .thenApply(channel ->
                    JoinChannelResponse.newBuilder().setChannel(toRecord(channel)).build()));
  }

  @Override
  public void getMembership(
      GetMembershipRequest request, StreamObserver<GetMembershipResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .membership(
                    Checks.id("channel_id", request.getChannelId()),
                    Checks.id("user_id", request.getUserId()))
                .thenApply(membership ->
                    GetMembershipResponse.newBuilder()
                        .setChannel(toRecord(membership.channel()))
                        .setMember(membership.member())
                        .build()));
  }

  @Override
  public void listMemberships(
      ListMembershipsRequest request, StreamObserver<ListMembershipsResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .memberships(
                    Checks.id("user_id", request.getUserId()),
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.notNegative("after_channel_id", request.getAfterChannelId()),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(page ->
                    ListMembershipsResponse.newBuilder()
                        .addAllChannelIds(page.channelIds())
                        .setMore(page.more())
                        .build()));
  }

  @Override
  public void listChannelMembers(
      ListChannelMembersRequest request, StreamObserver<ListChannelMembersResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .members(
                    Checks.id("channel_id", request.getChannelId()),
                    Checks.notNegative("after_user_id", request.getAfterUserId()),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(page ->
                    ListChannelMembersResponse.newBuilder()
                        .addAllUserIds(page.userIds())
                        .setNextAfterUserId(page.next())
                        .build()));
  }

  @Override
  public void countMembers(CountMembersRequest request, StreamObserver<CountMembersResponse> call) {
    Answers.answer(
        call,
        () ->
            directory
                .count(
                    Checks.id("channel_id", request.getChannelId()),
                    Checks.within("most", request.getMost(), DirectoryStore.MOST_COUNTED))
                .thenApply(count -> CountMembersResponse.newBuilder().setMembers(count).build()));
  }

  private static ChannelQuery query(ListChannelsRequest request) {
    long member = Checks.notNegative("member_id", request.getMemberId());
    long viewer = Checks.notNegative("viewer_id", request.getViewerId());
    return new ChannelQuery(
        Checks.id("workspace_id", request.getWorkspaceId()), member, viewer == 0 ? member : viewer);
  }

  private static ListChannelsResponse response(ChannelPage page) {
    ListChannelsResponse.Builder response =
        ListChannelsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.channels().forEach(channel -> response.addChannels(toRecord(channel)));
    return response.build();
  }

  private static ChannelRecord toRecord(Channel channel) {
    return ChannelRecord.newBuilder()
        .setChannelId(channel.id())
        .setWorkspaceId(channel.workspaceId())
        .setName(channel.name())
        .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(channel.id())))
        .setCreatedBy(channel.createdBy())
        .setKind(channel.row().getKind())
        .setTopic(channel.row().getTopic())
        .setSlowModeSeconds(channel.row().getSlowModeSeconds())
        .setArchived(channel.row().getArchived())
        .addAllDirectUserIds(channel.row().getDirectUserIdsList())
        .build();
  }
}
