package chat.starling.channel.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.channel.StoreContract;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What callers rely on in {@link LookupStore}. */
public abstract class LookupStoreContract extends StoreContract<LookupStore> {

  private static final long MICROS = 1_700_000_000_000_000L;

  /** Lets the user have entered the workspace. */
  protected abstract void enter(long workspaceId, long userId);

  /** Lets the workspace have a channel. */
  protected abstract void makeChannel(long workspaceId, long channelId, String name);

  @Test
  void members_areThoseAskedFor() {
    long id = freshId();
    enter(id, 7);
    enter(id, 8);
    int slice = WorkspaceStore.sliceOf(7);
    assertThat(answer(store().members(id, slice, List.of(7L, 9_999_999L))))
        .extracting(MemberRow::getUserId)
        .containsExactly(7L);
    assertThat(answer(store().members(id, (slice + 1) % 32, List.of(7L)))).isEmpty();
    assertThat(answer(store().members(id + 1_000_000, slice, List.of(7L)))).isEmpty();
  }

  @Test
  void name_laterOneStays_whateverArrivesLast() {
    long id = freshId();
    name(id, 7, "Ada", "", 1);
    name(id, 7, "Beatrix", "Ada", 3);
    name(id, 7, "Ada", "Beatrix", 2);
    assertThat(answer(store().names(id, WorkspaceStore.sliceOf(7), List.of(7L))))
        .containsOnlyKeys(7L)
        .containsValue("Beatrix");
    assertThat(listed(id, "bea")).containsExactly(new NameEntry("beatrix", 7));
    assertThat(listed(id, "ada")).isEmpty();
  }

  @Test
  void name_backToAFormerOne_isListedAgain() {
    long id = freshId();
    name(id, 7, "Ada", "", 1);
    name(id, 7, "Bea", "Ada", 2);
    name(id, 7, "ADA", "Bea", 3);
    assertThat(listed(id, "a")).containsExactly(new NameEntry("ada", 7));
    assertThat(listed(id, "b")).isEmpty();
  }

  @Test
  void usersListed_areThoseThatBeginSo_inOrder() {
    long id = freshId();
    String[] names = {"Zoë", "zo", "Zorro", "Zürich", "zz", "Y", "zo\uD83D\uDE00", "zo\uFFFD"};
    for (int i = 0; i < names.length; i++) {
      name(id, 100 + i, names[i], "", 1);
    }
    assertThat(listed(id, "zo"))
        .extracting(NameEntry::id)
        .containsExactlyInAnyOrder(100L, 101L, 102L, 106L, 107L);
    int slice = LookupStore.nameSlice(101);
    List<NameEntry> first = answer(store().usersListed(id, slice, "z", 1));
    assertThat(first).hasSize(1);
    List<NameEntry> all = answer(store().usersListed(id, slice, "z", 100));
    assertThat(first.getFirst()).isEqualTo(all.getFirst());
    assertThat(all).isSortedAccordingTo((a, b) -> Folding.ORDER.compare(a.name(), b.name()));
  }

  @Test
  void channelsListed_goOnAfterAnEntry() {
    long id = freshId();
    long channel = freshId();
    int slice = LookupStore.nameSlice(channel);
    makeChannel(id, channel, "plans-" + channel);
    NameEntry entry = new NameEntry("plans-" + channel, channel);
    NameEntry begin = new NameEntry("plan", 0);
    assertThat(answer(store().channelsListed(id, slice, "plan", begin, 10))).containsExactly(entry);
    assertThat(answer(store().channelsListed(id, slice, "plan", entry, 10))).isEmpty();
    assertThat(answer(store().channelsListed(id, slice, "quo", new NameEntry("quo", 0), 10)))
        .isEmpty();
  }

  private void name(long workspace, long user, String name, String former, int at) {
    answer(store().name(new UserName(new UserKey(workspace, user), name), former, MICROS + at));
  }

  private List<NameEntry> listed(long workspace, String prefix) {
    return answers(
            IntStream.range(0, LookupStore.NAME_SLICES)
                .mapToObj(slice -> store().usersListed(workspace, slice, prefix, 100))
                .toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
