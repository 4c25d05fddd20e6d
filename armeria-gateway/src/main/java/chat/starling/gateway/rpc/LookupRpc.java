package chat.starling.gateway.rpc;

import chat.starling.api.v1.BatchGetChannelsRequest;
import chat.starling.api.v1.BatchGetChannelsResponse;
import chat.starling.api.v1.BatchGetUsersRequest;
import chat.starling.api.v1.BatchGetUsersResponse;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.api.v1.Held;
import chat.starling.api.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.LookupServiceGrpc.LookupServiceImplBase;
import chat.starling.api.v1.QuickSwitchRequest;
import chat.starling.api.v1.QuickSwitchResponse;
import chat.starling.api.v1.User;
import chat.starling.gateway.administration.ChannelMembers;
import chat.starling.gateway.administration.Channels;
import chat.starling.gateway.administration.Finder;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.runtime.EdgeCache;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.gateway.workspace.Standing;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Users and channels, for those in whose workspace they are. */
final class LookupRpc extends LookupServiceImplBase {

  private static final int MOST = 200;
  private static final int DEFAULT_PAGE = 100;
  private static final int MOST_FOUND = 50;
  private static final int FOUND_BY_DEFAULT = 20;
  private static final int MAX_PREFIX = 80;

  private final Caller caller;
  private final EdgeCache cache;
  private final Insiders insiders;
  private final Channels channels;
  private final Finder finder;
  private final ChannelMembers members;

  LookupRpc(
      Caller caller,
      EdgeCache cache,
      Insiders insiders,
      Channels channels,
      Finder finder,
      ChannelMembers members) {
    this.caller = caller;
    this.cache = cache;
    this.insiders = insiders;
    this.channels = channels;
    this.finder = finder;
    this.members = members;
  }

  @Override
  public void batchGetUsers(
      BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          long workspace = Requests.workspace(identity, request.getWorkspaceId());
          Map<Long, Long> held = held("users", request.getUsersList());
          return enter(identity, workspace)
              .thenCompose(in -> cache.users().of(workspace, held.keySet()))
              .thenApply(found -> users(held, found));
        });
  }

  /** Whoever looks anything up can be named, if he is in the workspace. */
  private CompletableFuture<Standing> enter(Identity identity, long workspace) {
    cache.seen(identity, workspace);
    return insiders.require(identity, workspace);
  }

  private static BatchGetUsersResponse users(Map<Long, Long> held, Map<Long, KnownUser> found) {
    BatchGetUsersResponse.Builder response = BatchGetUsersResponse.newBuilder();
    held.forEach((id, version) -> {
      KnownUser known = found.get(id);
      if (known == null) {
        response.addMissingIds(id);
      } else if (known.shown().getVersion() == version) {
        response.addUnchangedIds(id);
      } else {
        response.addUsers(known.shown());
      }
    });
    return response.build();
  }

  @Override
  public void batchGetChannels(
      BatchGetChannelsRequest request, StreamObserver<BatchGetChannelsResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          long workspace = Requests.workspace(identity, request.getWorkspaceId());
          Map<Long, Long> held = held("channels", request.getChannelsList());
          return enter(identity, workspace)
              .thenCompose(in -> channels.among(identity, workspace, held.keySet()))
              .thenApply(seen -> channels(held, seen));
        });
  }

  private static BatchGetChannelsResponse channels(Map<Long, Long> held, List<ChannelFacts> seen) {
    Map<Long, CurrentChannel> byId = new HashMap<>();
    seen.forEach(channel -> byId.put(channel.id(), Shown.current(channel)));
    BatchGetChannelsResponse.Builder response = BatchGetChannelsResponse.newBuilder();
    held.forEach((id, version) -> {
      CurrentChannel known = byId.get(id);
      if (known == null) {
        response.addMissingIds(id);
      } else if (known.getVersion() == version) {
        response.addUnchangedIds(id);
      } else {
        response.addChannels(known);
      }
    });
    return response.build();
  }

  @Override
  public void listChannelMembers(
      ListChannelMembersRequest request, StreamObserver<ListChannelMembersResponse> answer) {
    caller.serve(
        answer,
        who ->
            members.page(
                who,
                Requests.id("channel_id", request.getChannelId()),
                Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE),
                request.getPageToken()));
  }

  @Override
  public void quickSwitch(QuickSwitchRequest request, StreamObserver<QuickSwitchResponse> answer) {
    caller.serve(answer, identity -> find(identity, request));
  }

  private CompletableFuture<QuickSwitchResponse> find(
      Identity identity, QuickSwitchRequest request) {
    long workspace = Requests.workspace(identity, request.getWorkspaceId());
    String prefix = request.getPrefix();
    Requests.within("prefix", prefix.codePointCount(0, prefix.length()), MAX_PREFIX, "code points");
    int limit = request.hasLimit() ? request.getLimit() : FOUND_BY_DEFAULT;
    Requests.within("limit", limit, MOST_FOUND, "");
    return enter(identity, workspace)
        .thenCompose(in ->
            finder
                .channels(identity, workspace, prefix, limit)
                .thenCombine(finder.users(workspace, prefix, limit), LookupRpc::found));
  }

  private static QuickSwitchResponse found(List<ChannelFacts> channels, List<KnownUser> users) {
    List<User> shown = users.stream().map(KnownUser::shown).toList();
    return QuickSwitchResponse.newBuilder()
        .addAllChannels(channels.stream().map(Shown::current).toList())
        .addAllUsers(shown)
        .build();
  }

  /** The versions that the caller holds, by id. */
  private static Map<Long, Long> held(String field, List<Held> list) {
    Requests.count(field, list.size(), MOST);
    Map<Long, Long> held = new LinkedHashMap<>();
    list.forEach(one -> held.put(Requests.id(field + ".id", one.getId()), one.getVersion()));
    return held;
  }
}
