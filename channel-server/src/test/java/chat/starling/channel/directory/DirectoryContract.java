package chat.starling.channel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.v1.Reason;
import chat.starling.channel.StoreContract;
import chat.starling.platform.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What callers rely on in a {@link Directory}, on every {@link DirectoryStore}. */
public abstract class DirectoryContract extends StoreContract<DirectoryStore> {

  private final long workspace = freshId();
  private final long ada = freshId();
  private final long bob = freshId();

  @Test
  void create_bySameCreatorAgain_givesTheSameChannel() {
    Channel first = create("plans", ada);
    assertThat(create("plans", ada)).isEqualTo(first);
    assertThat(answer(directory().lookup(workspace, "plans", ada))).isEqualTo(first);
    assertThat(answer(directory().membership(first.id(), ada)).member()).isTrue();
  }

  @Test
  void create_ofATakenName_isRefused() {
    create("plans", ada);
    refused(directory().create(workspace, "plans", bob), Reason.REASON_NAME_TAKEN);
  }

  @Test
  void create_byManyAtOnce_givesTheNameToOne() {
    List<CompletionStage<Channel>> raced =
        LongStream.rangeClosed(1, 4)
            .mapToObj(user -> directory().create(workspace, "raced", user))
            .toList();
    long refused =
        raced.stream().filter(made -> catchThrowable(() -> answer(made)) != null).count();
    assertThat(refused).isEqualTo(3);
    assertThat(list(0, 10)).hasSize(1);
  }

  @Test
  void create_outcomeUnknown_endsWellWhenAskedAgain() {
    for (boolean done : new boolean[] {true, false}) {
      String name = "unknown-" + done;
      failNextChange(done);
      CompletionStage<Channel> first = directory().create(workspace, name, ada);
      var _ = catchThrowable(() -> answer(first));
      whole(create(name, ada));
    }
  }

  @Test
  void channel_halfMade_isFinishedByWhoeverAsksNext() {
    Channel lookedUp = halfMade("looked-up");
    assertThat(answer(directory().lookup(workspace, "looked-up", 0))).isEqualTo(lookedUp);
    whole(lookedUp);
    Channel madeAgain = halfMade("made-again");
    assertThat(create("made-again", ada)).isEqualTo(madeAgain);
    whole(madeAgain);
    Channel wanted = halfMade("wanted");
    refused(directory().create(workspace, "wanted", bob), Reason.REASON_NAME_TAKEN);
    whole(wanted);
  }

  @Test
  void join_twice_isOnce() {
    Channel channel = create("plans", ada);
    assertThat(answer(directory().membership(channel.id(), bob)).member()).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThat(answer(directory().join(channel.id(), bob))).isEqualTo(channel);
    }
    assertThat(answer(directory().membership(channel.id(), bob)).member()).isTrue();
    assertThat(list(bob, 10)).containsExactly(channel);
  }

  @Test
  void channel_unknown_isRefused() {
    refused(directory().join(freshId(), ada), Reason.REASON_CHANNEL_NOT_FOUND);
    refused(directory().membership(freshId(), ada), Reason.REASON_CHANNEL_NOT_FOUND);
    refused(directory().lookup(workspace, "nobody-made", ada), Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void list_overAllSlicesByPages_meetsEveryChannelOnce() {
    List<Channel> made = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      made.add(create("channel-" + i, i % 3 == 0 ? ada : bob));
    }
    assertThat(made.stream().map(channel -> DirectoryStore.sliceOf(channel.id())).distinct())
        .hasSize(DirectoryStore.WORKSPACE_SLICES);
    List<Channel> adas = made.stream().filter(channel -> channel.createdBy() == ada).toList();
    for (int size : new int[] {1, 7, 59, 60, 61, 1000}) {
      assertThat(list(0, size)).containsExactlyInAnyOrderElementsOf(made).isEqualTo(list(0, 1000));
      assertThat(list(ada, size)).isEqualTo(adas);
    }
  }

  @Test
  void scan_fromAnywhere_meetsEveryChannelBehindItOnce() {
    List<Channel> made = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      made.add(create("channel-" + i, ada));
    }
    assertThat(scan(0, 1_000)).containsExactlyInAnyOrderElementsOf(made);
    for (int size : new int[] {1, 3, 40}) {
      List<Channel> all = scan(0, size);
      assertThat(all).isEqualTo(scan(0, 1_000));
      assertThat(scan(all.get(11).id(), size)).isEqualTo(all.subList(12, 40));
    }
    assertThat(answer(directory().scan(freshId(), 0, 10))).isEqualTo(ChannelScan.END);
    assertThat(answer(directory().scan(workspace, -DirectoryStore.WORKSPACE_SLICES, 10)))
        .isEqualTo(ChannelScan.END);
  }

  @Test
  void members_byPages_areEachOneOnce_andPagesAreFull() {
    Channel channel = create("plans", ada);
    List<Long> all = new ArrayList<>(List.of(ada));
    for (int i = 0; i < 150; i++) {
      long user = freshId();
      answer(directory().join(channel.id(), user));
      all.add(user);
    }
    for (int size : new int[] {1, 10, 150, 151, 1_000}) {
      assertThat(members(channel, size)).containsExactlyInAnyOrderElementsOf(all);
    }
    assertThat(answer(directory().members(freshId(), 0, 10)).userIds()).isEmpty();
  }

  private List<Long> members(Channel channel, int size) {
    List<Long> found = new ArrayList<>();
    long after = 0;
    do {
      ChannelMembersPage page = answer(directory().members(channel.id(), after, size));
      after = page.next();
      assertThat(page.userIds()).hasSizeLessThanOrEqualTo(size);
      assertThat(after == 0 || page.userIds().size() == size).isTrue();
      found.addAll(page.userIds());
    } while (after != 0);
    return found;
  }

  private List<Channel> scan(long from, int size) {
    List<Channel> found = new ArrayList<>();
    long next = from;
    do {
      ChannelScan page = answer(directory().scan(workspace, next, size));
      assertThat(page.channels()).hasSizeLessThanOrEqualTo(size);
      found.addAll(page.channels());
      next = page.next();
    } while (next != 0);
    return found;
  }

  @Test
  void list_ofAMemberOfAHalfMadeChannel_leavesOutThatOneOnly() {
    List<Channel> made = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      made.add(create("channel-" + i, ada));
      answer(store().addMember(halfMade("half-" + i), ada));
    }
    for (int size : new int[] {1, 2, 5, 12}) {
      assertThat(list(ada, size)).isEqualTo(made);
    }
  }

  /** Only the name is given: its creator's server stopped there. */
  private Channel halfMade(String name) {
    return answer(store().claimName(new Channel(freshId(), workspace, name, ada)));
  }

  private void whole(Channel channel) {
    assertThat(answer(store().channel(channel.id()))).contains(channel);
    assertThat(answer(directory().membership(channel.id(), ada)).member()).isTrue();
    assertThat(list(0, 1000)).containsOnlyOnce(channel);
    assertThat(list(ada, 1000)).containsOnlyOnce(channel);
  }

  /** The directory, in which nobody is an administrator. */
  protected final Directory directory() {
    return new Directory(
        store(),
        (workspaceId, user) -> CompletableFuture.completedStage(false),
        StoreContract::freshId);
  }

  private Channel create(String name, long creator) {
    return answer(directory().create(workspace, name, creator));
  }

  private List<Channel> list(long member, int size) {
    ChannelQuery query = new ChannelQuery(workspace, member, member);
    List<Channel> found = new ArrayList<>();
    String token = "";
    do {
      ChannelPage page = answer(directory().list(query, size, token));
      assertThat(page.channels()).hasSizeLessThanOrEqualTo(size);
      found.addAll(page.channels());
      token = page.nextToken();
    } while (!token.isEmpty());
    return found;
  }

  private void refused(CompletionStage<?> question, Reason reason) {
    assertThatThrownBy(() -> answer(question))
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
        .extracting(RefusedException::reason)
        .isEqualTo(reason);
  }
}
