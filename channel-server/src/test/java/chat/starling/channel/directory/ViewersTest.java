package chat.starling.channel.directory;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Private and direct channels, as the directory shows them. */
class ViewersTest {

  private static final long W = 1;
  private static final long CREATOR = 2;
  private static final long CHIEF = 3;
  private static final long OTHER = 4;
  private static final long OPEN = 101;
  private static final long SECRET = 102;
  private static final long DIRECT = 103;

  private final MemoryDirectory store = new MemoryDirectory();
  private final Directory directory =
      new Directory(
          store, (id, user) -> CompletableFuture.completedStage(user == CHIEF), () -> 1_000);

  @BeforeEach
  void make() {
    make(OPEN, "plans", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    make(SECRET, "secret", ChannelKind.CHANNEL_KIND_PRIVATE);
    make(DIRECT, "", ChannelKind.CHANNEL_KIND_DIRECT);
  }

  @Test
  void list_showsWhatIsThereForTheViewer() {
    assertThat(listed(0, CREATOR)).containsExactlyInAnyOrder(OPEN, SECRET, DIRECT);
    assertThat(listed(0, CHIEF)).containsExactlyInAnyOrder(OPEN, SECRET);
    assertThat(listed(0, OTHER)).containsExactly(OPEN);
    assertThat(listed(0, 0)).containsExactly(OPEN);
    assertThat(listed(CREATOR, CREATOR)).containsExactly(OPEN, SECRET, DIRECT);
    assertThat(listed(CREATOR, OTHER)).containsExactly(OPEN);
  }

  @Test
  void lookup_ofAHiddenChannel_isAsOfNone() {
    assertThat(answer(directory.lookup(W, "secret", CREATOR)).id()).isEqualTo(SECRET);
    assertThat(answer(directory.lookup(W, "secret", CHIEF)).id()).isEqualTo(SECRET);
    RefusedException hidden = refusal(directory.lookup(W, "secret", OTHER));
    RefusedException absent = refusal(directory.lookup(W, "nothing", OTHER));
    assertThat(hidden.reason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(withoutName(hidden)).isEqualTo(withoutName(absent));
    assertThat(refusal(directory.lookup(W, "secret", 0)).reason())
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void membership_inAHiddenChannel_isAsInNone() {
    assertThat(answer(directory.membership(SECRET, CREATOR)).member()).isTrue();
    assertThat(answer(directory.membership(SECRET, CHIEF)).member()).isFalse();
    assertThat(answer(directory.membership(DIRECT, CREATOR)).member()).isTrue();
    for (CompletionStage<?> hidden :
        List.of(
            directory.membership(SECRET, OTHER),
            directory.membership(DIRECT, OTHER),
            directory.membership(DIRECT, CHIEF),
            directory.join(SECRET, OTHER))) {
      assertThat(refusal(hidden).reason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    }
  }

  private void make(long id, String name, ChannelKind kind) {
    ChannelRow row =
        ChannelRow.newBuilder()
            .setChannelId(id)
            .setName(name)
            .setKind(kind)
            .setCreatedBy(CREATOR)
            .build();
    var _ = answer(store.claimName(new Channel(W, row)));
    var _ = store.make(new Channel(W, row));
  }

  @Test
  void list_neitherPagesNorTokens_tellOfHiddenChannels() {
    for (long id = 1_000; id < 1_060; id++) {
      boolean hidden = id % 3 != 0;
      make(
          id,
          "c" + id,
          hidden ? ChannelKind.CHANNEL_KIND_PRIVATE : ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    }
    ChannelQuery query = new ChannelQuery(W, 0, OTHER);
    List<Long> seen = new ArrayList<>();
    String token = "";
    do {
      ChannelPage page = answer(directory.list(query, 5, token));
      page.channels().forEach(channel -> seen.add(channel.id()));
      token = page.nextToken();
      if (!token.isEmpty()) {
        assertThat(page.channels()).hasSize(5);
        assertThat(PageToken.read(token, query).afterChannel())
            .isEqualTo(page.channels().getLast().id());
      }
    } while (!token.isEmpty());
    List<Long> open =
        LongStream.range(1_000, 1_060).filter(id -> id % 3 == 0).boxed().collect(toList());
    open.add(OPEN);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(open);
  }

  private List<Long> listed(long member, long viewer) {
    return answer(directory.list(new ChannelQuery(W, member, viewer), 10, "")).channels().stream()
        .map(Channel::id)
        .toList();
  }

  private static <T> T answer(CompletionStage<T> question) {
    return question.toCompletableFuture().join();
  }

  private static Refusal withoutName(RefusedException refused) {
    return refused.refusal().toBuilder().clearValue().clearMessage().build();
  }

  private static RefusedException refusal(CompletionStage<?> question) {
    Throwable cause = catchThrowable(() -> answer(question)).getCause();
    return cause instanceof RefusedException refused
        ? refused
        : fail("expected a refusal, was: %s", cause);
  }
}
