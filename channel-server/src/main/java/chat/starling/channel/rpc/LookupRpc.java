package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.FindChannelsRequest;
import chat.starling.api.internal.v1.FindChannelsResponse;
import chat.starling.api.internal.v1.FindUsersRequest;
import chat.starling.api.internal.v1.FindUsersResponse;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.GetUsersResponse;
import chat.starling.api.internal.v1.LookupServiceGrpc;
import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.api.internal.v1.NameUsersResponse;
import chat.starling.channel.lookup.ChannelsFound;
import chat.starling.channel.lookup.Lookup;
import chat.starling.channel.lookup.NameEntry;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.lookup.UserName;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** LookupService: checks requests and hands them on. */
public final class LookupRpc extends LookupServiceGrpc.LookupServiceImplBase {

  private final Lookup lookup;

  /** The service of this lookup. */
  public LookupRpc(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void getUsers(GetUsersRequest request, StreamObserver<GetUsersResponse> call) {
    Answers.answer(
        call,
        () -> {
          Checks.count("users", request.getUsersCount(), Lookup.MOST);
          return lookup
              .users(request.getUsersList().stream().map(LookupRpc::key).toList())
              .thenApply(users -> GetUsersResponse.newBuilder().addAllUsers(users).build());
        });
  }

  @Override
  public void getChannels(GetChannelsRequest request, StreamObserver<GetChannelsResponse> call) {
    Answers.answer(
        call,
        () -> {
          List<Long> ids = request.getChannelIdsList();
          Checks.count("channel_ids", ids.size(), Lookup.MOST);
          ids.forEach(id -> Checks.id("channel_ids", id));
          return lookup
              .channels(ids)
              .thenApply(found -> GetChannelsResponse.newBuilder().addAllChannels(found).build());
        });
  }

  @Override
  public void nameUsers(NameUsersRequest request, StreamObserver<NameUsersResponse> call) {
    Answers.answer(
        call,
        () -> {
          Checks.count("names", request.getNamesCount(), Lookup.MOST);
          return lookup
              .name(request.getNamesList().stream().map(LookupRpc::name).toList())
              .thenApply(done -> NameUsersResponse.getDefaultInstance());
        });
  }

  @Override
  public void findUsers(FindUsersRequest request, StreamObserver<FindUsersResponse> call) {
    Answers.answer(
        call,
        () ->
            lookup
                .findUsers(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.prefix(request.getPrefix()),
                    Checks.within("limit", request.getLimit(), Lookup.MOST))
                .thenApply(users -> FindUsersResponse.newBuilder().addAllUsers(users).build()));
  }

  @Override
  public void findChannels(FindChannelsRequest request, StreamObserver<FindChannelsResponse> call) {
    Answers.answer(
        call,
        () ->
            lookup
                .findChannels(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.prefix(request.getPrefix()),
                    new NameEntry(
                        request.getAfterName(),
                        Checks.notNegative("after_channel_id", request.getAfterChannelId())),
                    Checks.within("limit", request.getLimit(), Lookup.MOST))
                .thenApply(LookupRpc::response));
  }

  private static FindChannelsResponse response(ChannelsFound found) {
    FindChannelsResponse.Builder response =
        FindChannelsResponse.newBuilder().addAllChannels(found.channels());
    NameEntry next = found.next();
    if (next != null) {
      response.setNextAfterName(next.name()).setNextAfterChannelId(next.id());
    }
    return response.build();
  }

  private static UserKey key(chat.starling.api.internal.v1.UserKey key) {
    return new UserKey(
        Checks.id("workspace_id", key.getWorkspaceId()), Checks.id("user_id", key.getUserId()));
  }

  private static UserName name(NameUsersRequest.UserName name) {
    return new UserName(key(name.getUser()), Checks.userName(name.getDisplayName()));
  }
}
