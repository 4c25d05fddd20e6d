package chat.starling.channel.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import chat.starling.api.internal.v1.UserRecord;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.workspace.MemoryWorkspaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LookupTest {

  private final MemoryWorkspaces workspaces = new MemoryWorkspaces();
  private final MemoryLookup store = new MemoryLookup(workspaces);
  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Lookup lookup = new Lookup(store, workspaces, () -> now);

  @Test
  void users_joinRowsAndNames_andLeaveOutWhoIsUnknown() {
    enter(1, 7, "Nick");
    name(1, 7, "Ada");
    name(1, 8, "Bea");
    name(2, 9, "Cleo");
    List<UserRecord> found =
        answer(
            lookup.users(
                List.of(key(1, 7), key(1, 8), key(1, 9), key(2, 9), key(1, 7), key(2, 7))));
    assertThat(found)
        .extracting(
            UserRecord::getWorkspaceId,
            user -> user.getMember().getUserId(),
            UserRecord::getDisplayName,
            user -> user.getMember().getNickname())
        .containsExactlyInAnyOrder(
            tuple(1L, 7L, "Ada", "Nick"), tuple(1L, 8L, "Bea", ""), tuple(2L, 9L, "Cleo", ""));
  }

  @Test
  void name_thatIsKnown_costsNoWrite() {
    name(1, 7, "Ada");
    name(1, 7, "Ada");
    assertThat(store.writes()).isEqualTo(1);
    name(1, 7, "Bea");
    assertThat(store.writes()).isEqualTo(2);
    assertThat(names(1, "a")).isEmpty();
    assertThat(names(1, "b")).containsExactly("Bea");
  }

  @Test
  void findUsers_areInOrder_limitedAndWithoutFormerNames() {
    name(1, 1, "Mia");
    name(1, 2, "max");
    name(1, 3, "Ｍoe");
    answer(store.name(new UserName(key(1, 4), "Mo"), "", 1));
    answer(store.name(new UserName(key(1, 4), "Zed"), "", 2));
    assertThat(names(1, "m")).containsExactly("max", "Mia", "Ｍoe");
    assertThat(answer(lookup.findUsers(1, "M", 2)))
        .extracting(UserRecord::getDisplayName)
        .containsExactly("max", "Mia");
    assertThat(names(1, "MO")).containsExactly("Ｍoe");
    assertThat(names(2, "m")).isEmpty();
    assertThat(names(1, " ")).isEmpty();
  }

  @Test
  void findChannels_byPages_meetsEachOnce_andNoFormerName() {
    LongStream.rangeClosed(1, 25).forEach(id -> channel(1, id, "plan-" + (char) ('a' + id)));
    channel(1, 99, "other");
    store.listChannel(1, 98, "plan-gone");
    List<String> found = new ArrayList<>();
    NameEntry after = new NameEntry("", 0);
    while (after != null) {
      ChannelsFound page = answer(lookup.findChannels(1, "Plan", after, 4));
      page.channels().forEach(channel -> found.add(channel.getRow().getName()));
      after = page.next();
    }
    assertThat(found).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void channels_areThoseThatAre() {
    channel(1, 5, "plans");
    channel(2, 6, "others");
    assertThat(answer(lookup.channels(List.of(5L, 6L, 7L, 5L))))
        .extracting(channel -> channel.getRow().getName())
        .containsExactly("plans", "others");
  }

  private void channel(long workspace, long id, String name) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder().setWorkspaceId(workspace).setSeq(id).setEventId(1);
    event.addChangesBuilder().getChannelBuilder().setChannelId(id).setName(name);
    answer(workspaces.apply(List.of(event.build())));
    store.listChannel(workspace, id, name);
  }

  private void enter(long workspace, long user, String nickname) {
    answer(workspaces.apply(List.of(MemoryLookupTest.entering(workspace, user, nickname))));
  }

  private void name(long workspace, long user, String name) {
    now = now.plusSeconds(1);
    answer(lookup.name(List.of(new UserName(key(workspace, user), name))));
  }

  private List<String> names(long workspace, String prefix) {
    return answer(lookup.findUsers(workspace, prefix, 50)).stream()
        .map(UserRecord::getDisplayName)
        .toList();
  }

  private static UserKey key(long workspace, long user) {
    return new UserKey(workspace, user);
  }

  private static <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }
}
