package chat.starling.channel.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.directory.Channel;
import chat.starling.channel.lookup.LookupStore;
import chat.starling.channel.lookup.LookupStoreContract;
import chat.starling.channel.lookup.NameEntry;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.lookup.UserName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlLookupIT extends LookupStoreContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final LookupStore store = new CqlLookup(TABLES.tables());

  @Test
  void nickname_isListed_andStaysWhenADisplayNameGoes() {
    long id = freshId();
    long user = freshId();
    MemberRow.Builder row = MemberRow.newBuilder().setUserId(user).setNickname("Ada");
    apply(id, row.setState(MemberState.MEMBER_STATE_MEMBER).build());
    UserKey key = new UserKey(id, user);
    answer(store.name(new UserName(key, "ADA"), "", 1_700_000_000_000_001L));
    answer(store.name(new UserName(key, "Bea"), "ADA", 1_700_000_000_000_002L));
    int slice = LookupStore.nameSlice(user);
    assertThat(answer(store.usersListed(id, slice, "ad", 10)))
        .containsExactly(new NameEntry("ada", user));
    assertThat(answer(store.usersListed(id, slice, "be", 10)))
        .containsExactly(new NameEntry("bea", user));
  }

  @Override
  protected void enter(long workspaceId, long userId) {
    apply(
        workspaceId,
        MemberRow.newBuilder().setUserId(userId).setState(MemberState.MEMBER_STATE_MEMBER).build());
  }

  private void apply(long workspaceId, MemberRow row) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder()
            .setWorkspaceId(workspaceId)
            .setSeq(row.getUserId())
            .setEventId(1);
    event.addChangesBuilder().setMember(row);
    answer(new CqlWorkspaces(TABLES.tables()).apply(List.of(event.build())));
  }

  @Override
  protected void makeChannel(long workspaceId, long channelId, String name) {
    answer(new CqlDirectory(TABLES.tables()).make(new Channel(channelId, workspaceId, name, 1)));
  }

  @Override
  protected LookupStore store() {
    return store;
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return TestTables.answer(question);
  }

  @Override
  protected void failNextChange(boolean done) {
    TABLES.failChange(0, done);
  }
}
