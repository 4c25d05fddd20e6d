package chat.starling.channel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.StoreContract;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the {@link Directory} relies on in a {@link DirectoryStore}. */
public abstract class DirectoryStoreContract extends StoreContract<DirectoryStore> {

  private static final int ALL = 1000;

  private final long workspace = freshId();
  private final long creator = freshId();

  @Test
  void reads_nothingWritten_areEmpty() {
    assertThat(answer(store().named(workspace, "plans"))).isEmpty();
    assertThat(answer(store().channel(freshId()))).isEmpty();
    assertThat(answer(store().isMember(freshId(), creator))).isFalse();
    assertThat(memberships(creator, 0, ALL)).isEmpty();
    assertThat(listed(0, ALL)).isEmpty();
  }

  @Test
  void claimName_thatSomebodyHas_completesWithTheFirst() {
    Channel first = channel("plans");
    assertThat(claim(first)).isEqualTo(first);
    assertThat(claim(channel("plans"))).isEqualTo(first);
    assertThat(claim(first)).isEqualTo(first);
    assertThat(answer(store().named(workspace, "plans"))).contains(first);
  }

  @Test
  void claimName_byManyAtOnce_givesItToOneAndAllLearnWhom() {
    List<Channel> wishes = Stream.generate(() -> channel("raced")).limit(4).toList();
    List<Channel> told =
        answers(wishes.stream().map(channel -> store().claimName(channel)).toList());
    Channel winner = answer(store().named(workspace, "raced")).orElseThrow();
    assertThat(wishes).contains(winner);
    assertThat(told).containsOnly(winner);
  }

  @Test
  void claimName_inAnotherWorkspace_isFree() {
    claim(channel("plans"));
    Channel elsewhere = new Channel(freshId(), freshId(), "plans", creator);
    assertThat(claim(elsewhere)).isEqualTo(elsewhere);
  }

  @Test
  void claimName_alone_showsNoChannel() {
    Channel channel = claim(channel("plans"));
    assertThat(answer(store().channel(channel.id()))).isEmpty();
    assertThat(listed(0, ALL)).isEmpty();
    assertThat(answer(store().isMember(channel.id(), creator))).isFalse();
  }

  @Test
  void make_showsListsAndJoins_alsoWhenRepeated() {
    Channel channel = claim(channel("plans"));
    for (int i = 0; i < 2; i++) {
      answer(store().make(channel));
      assertThat(answer(store().channel(channel.id()))).contains(channel);
      assertThat(listed(0, ALL)).containsExactly(channel);
      assertThat(answer(store().isMember(channel.id(), creator))).isTrue();
      assertThat(memberships(creator, 0, ALL)).containsExactly(channel.id());
    }
  }

  @Test
  void make_failed_isMendedByMakingAgain() {
    for (boolean done : new boolean[] {true, false}) {
      Channel channel = claim(channel("plans-" + done));
      failNextChange(done);
      CompletionStage<Void> failed = store().make(channel);
      assertThatThrownBy(() -> answer(failed)).isNotNull();
      answer(store().make(channel));
      assertThat(answer(store().channel(channel.id()))).contains(channel);
      assertThat(listed(0, ALL)).containsOnlyOnce(channel);
    }
  }

  @Test
  void addMember_twice_isOnce() {
    long user = freshId();
    Channel channel = channel("plans");
    answer(store().addMember(channel, user));
    answer(store().addMember(channel, user));
    assertThat(answer(store().isMember(channel.id(), user))).isTrue();
    assertThat(memberships(user, 0, ALL)).containsExactly(channel.id());
    assertThat(answer(store().isMember(channel.id(), freshId()))).isFalse();
  }

  @Test
  void everJoined_countsEachUserOnce_upToTheLimit() {
    Channel channel = claim(channel("plans"));
    assertThat(everJoined(channel, ALL)).isZero();
    answer(store().make(channel));
    answer(store().make(channel));
    assertThat(everJoined(channel, 10)).isEqualTo(1);
    for (int i = 1; i < 12; i++) {
      answer(store().addMember(channel, freshId()));
    }
    assertThat(everJoined(channel, 20)).isEqualTo(12);
    assertThat(everJoined(channel, 5)).isEqualTo(5);
  }

  @Test
  void everJoined_moreThanAreCounted_staysThere() {
    Channel channel = channel("plans");
    int most = DirectoryStore.MOST_COUNTED;
    for (int i = 0; i < most + 5; i++) {
      answer(store().addMember(channel, freshId()));
    }
    assertThat(everJoined(channel, most + 1)).isEqualTo(most + 1);
  }

  @Test
  void memberships_riseFromAfterTheOneGiven_inTheirWorkspaceOnly() {
    long user = freshId();
    List<Channel> channels = LongStream.range(0, 5).mapToObj(i -> channel("plans-" + i)).toList();
    for (Channel channel : channels.reversed()) {
      answer(store().addMember(channel, user));
    }
    answer(store().addMember(new Channel(freshId(), freshId(), "elsewhere", creator), user));
    List<Long> ids = channels.stream().map(Channel::id).toList();
    assertThat(memberships(user, 0, ALL)).isEqualTo(ids);
    assertThat(memberships(user, 0, 2)).isEqualTo(ids.subList(0, 2));
    assertThat(memberships(user, ids.get(1), ALL)).isEqualTo(ids.subList(2, 5));
    assertThat(memberships(user, ids.get(4), ALL)).isEmpty();
  }

  @Test
  void list_risesFromAfterTheOneGiven_inItsSliceOnly() {
    List<Channel> slice =
        LongStream.generate(StoreContract::freshId)
            .filter(id -> DirectoryStore.sliceOf(id) == 3)
            .limit(4)
            .mapToObj(id -> new Channel(id, workspace, "channel-" + id, creator))
            .toList();
    answers(slice.reversed().stream().map(channel -> store().make(channel)).toList());
    assertThat(list(3, 0, ALL)).isEqualTo(slice);
    assertThat(list(3, 0, 2)).isEqualTo(slice.subList(0, 2));
    assertThat(list(3, slice.get(1).id(), ALL)).isEqualTo(slice.subList(2, 4));
    assertThat(list(4, 0, ALL)).isEmpty();
  }

  private Channel channel(String name) {
    return new Channel(freshId(), workspace, name, creator);
  }

  private Channel claim(Channel channel) {
    return answer(store().claimName(channel));
  }

  private int everJoined(Channel channel, int limit) {
    return answer(store().everJoined(channel.id(), limit));
  }

  private List<Long> memberships(long user, long after, int limit) {
    return answer(store().memberships(user, workspace, after, limit));
  }

  private List<Channel> list(int slice, long after, int limit) {
    return answer(store().list(workspace, slice, after, limit));
  }

  private List<Channel> listed(long after, int limit) {
    return IntStream.range(0, DirectoryStore.WORKSPACE_SLICES)
        .boxed()
        .flatMap(slice -> list(slice, after, limit).stream())
        .toList();
  }
}
