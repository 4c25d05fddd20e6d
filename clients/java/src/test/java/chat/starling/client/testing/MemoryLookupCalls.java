package chat.starling.client.testing;

import chat.starling.api.v1.BatchGetUsersRequest;
import chat.starling.api.v1.BatchGetUsersResponse;
import chat.starling.api.v1.Held;
import chat.starling.api.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.LookupServiceGrpc.LookupServiceImplBase;
import chat.starling.api.v1.QuickSwitchRequest;
import chat.starling.api.v1.QuickSwitchResponse;
import chat.starling.api.v1.User;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The look-ups of a {@link MemoryServer}: all members of the workspace are in all channels. */
final class MemoryLookupCalls extends LookupServiceImplBase {
  private final MemoryWorkspace workspace;

  MemoryLookupCalls(MemoryWorkspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void listChannelMembers(
      ListChannelMembersRequest request, StreamObserver<ListChannelMembersResponse> out) {
    ListChannelMembersResponse.Builder page = ListChannelMembersResponse.newBuilder();
    if (request.getPageToken().isEmpty()) {
      page.setNextPageToken("rest");
    } else {
      users().forEach(page::addUsers);
    }
    MemoryMemberCalls.answer(out, page.build());
  }

  @Override
  public void batchGetUsers(
      BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> out) {
    List<Long> ids = request.getUsersList().stream().map(Held::getId).collect(Collectors.toList());
    BatchGetUsersResponse.Builder response = BatchGetUsersResponse.newBuilder();
    users().filter(user -> ids.contains(user.getUserId())).forEach(response::addUsers);
    MemoryMemberCalls.answer(out, response.build());
  }

  @Override
  public void quickSwitch(QuickSwitchRequest request, StreamObserver<QuickSwitchResponse> out) {
    QuickSwitchResponse.Builder response = QuickSwitchResponse.newBuilder();
    users()
        .filter(user ->
            user.getNickname().startsWith(request.getPrefix())
                || user.getDisplayName().startsWith(request.getPrefix()))
        .limit(request.getLimit())
        .forEach(response::addUsers);
    MemoryMemberCalls.answer(out, response.build());
  }

  private Stream<User> users() {
    return workspace.members().stream()
        .map(member ->
            User.newBuilder()
                .setUserId(member.getUserId())
                .setDisplayName("user " + member.getUserId())
                .setNickname(member.getNickname())
                .build());
  }
}
