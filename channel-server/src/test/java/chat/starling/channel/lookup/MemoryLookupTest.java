package chat.starling.channel.lookup;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.workspace.MemoryWorkspaces;
import java.util.List;
import java.util.concurrent.CompletionStage;

class MemoryLookupTest extends LookupStoreContract {

  private final MemoryWorkspaces workspaces = new MemoryWorkspaces();
  private final MemoryLookup store = new MemoryLookup(workspaces);

  /** The event by which a user enters. */
  static WorkspaceEvent entering(long workspaceId, long userId, String nickname) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder().setWorkspaceId(workspaceId).setSeq(userId).setEventId(1);
    event
        .addChangesBuilder()
        .setMember(
            MemberRow.newBuilder()
                .setUserId(userId)
                .setNickname(nickname)
                .setState(MemberState.MEMBER_STATE_MEMBER));
    return event.build();
  }

  @Override
  protected void enter(long workspaceId, long userId) {
    answer(workspaces.apply(List.of(entering(workspaceId, userId, ""))));
  }

  @Override
  protected void makeChannel(long workspaceId, long channelId, String name) {
    store.listChannel(workspaceId, channelId, name);
  }

  @Override
  protected LookupStore store() {
    return store;
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }

  @Override
  protected void failNextChange(boolean done) {
    throw new UnsupportedOperationException("nothing here fails");
  }
}
