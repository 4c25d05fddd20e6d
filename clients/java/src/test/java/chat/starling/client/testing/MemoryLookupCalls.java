package chat.starling.client.testing;

import chat.starling.api.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.LookupServiceGrpc.LookupServiceImplBase;
import chat.starling.api.v1.User;
import io.grpc.stub.StreamObserver;

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
      workspace
          .members()
          .forEach(member ->
              page.addUsers(
                  User.newBuilder()
                      .setUserId(member.getUserId())
                      .setDisplayName("user " + member.getUserId())
                      .setNickname(member.getNickname())));
    }
    MemoryMemberCalls.answer(out, page.build());
  }
}
