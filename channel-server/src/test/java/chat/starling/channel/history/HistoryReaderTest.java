package chat.starling.channel.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages hold, and how many queries of the view they cost. */
class HistoryReaderTest {

  private static final long CHANNEL = 1;
  private static final int READERS = 1_000;
  private static final int PAGE = 50;

  private final CountedView view = new CountedView();
  private final List<StoredMessage> all = new ArrayList<>();
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");
  private final HistoryReader reader = new HistoryReader(view, () -> now);

  @Test
  void coldPage_readByAThousandAtOnce_costsOneQuery() {
    RecentMessages recent = recent(spread(20_000, Duration.ofSeconds(1)), 256);
    Position cold = new Position.Before(all.get(9_000).messageId());
    view.hold();
    var pages =
        Stream.generate(() -> reader.page(CHANNEL, cold, PAGE, recent)).limit(READERS).toList();
    view.release();
    assertThat(pages)
        .allSatisfy(page ->
            assertThat(page)
                .isCompletedWithValue(new HistoryPage(all.subList(8_950, 9_000), true, true)));
    assertThat(view.queries()).isEqualTo(1);
  }

  @Test
  void coldPage_readOneAfterTheOtherWithinASecond_costsOneQuery() {
    RecentMessages recent = recent(spread(1_000, Duration.ofSeconds(1)), 256);
    Position cold = new Position.Before(all.get(500).messageId());
    for (int i = 0; i < READERS; i++) {
      page(cold, PAGE, recent);
    }
    assertThat(view.queries()).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(2));
    page(cold, PAGE, recent);
    assertThat(view.queries()).isEqualTo(1);
  }

  @Test
  void coldPage_whoseQueryFailed_isAskedForAgain() {
    RecentMessages recent = recent(spread(1_000, Duration.ofSeconds(1)), 256);
    Position cold = new Position.Before(all.get(500).messageId());
    view.fail(true);
    assertThatThrownBy(() -> page(cold, PAGE, recent)).hasMessageContaining("store fault");
    view.fail(false);
    assertThat(page(cold, PAGE, recent).messages()).isEqualTo(all.subList(450, 500));
    assertThat(view.queries()).isEqualTo(2);
  }

  @Test
  void coldPages_forwardAndAround_costAQueryToEachSide() {
    RecentMessages recent = recent(spread(1_000, Duration.ofSeconds(1)), 256);
    long middle = all.get(500).messageId();
    for (Position position : List.of(new Position.After(middle), new Position.Around(middle))) {
      page(position, PAGE, recent);
      assertThat(view.queries()).as("%s", position).isEqualTo(2);
    }
  }

  @Test
  void lastPage_ofAHotChannel_costsNoQuery() {
    RecentMessages recent = recent(spread(20_000, Duration.ofSeconds(1)), 256);
    for (int i = 0; i < READERS; i++) {
      HistoryPage page = page(new Position.Newest(), PAGE, recent);
      assertThat(page.messages()).isEqualTo(all.subList(19_950, 20_000));
    }
    assertThat(view.queries()).isZero();
  }

  @Test
  void page_acrossASilentYear_costsNoQueryPerDay() {
    spread(10, Duration.ofHours(1));
    now = now.plus(Duration.ofDays(365));
    RecentMessages recent = recent(spread(300, Duration.ofSeconds(1)), 256);
    long first = all.get(14).messageId();
    assertThat(page(new Position.Before(first), 10, recent).messages())
        .isEqualTo(all.subList(4, 14));
    assertThat(view.queries()).as("its day, the list of days, the day a year ago").isEqualTo(3);
    assertThat(page(new Position.After(all.get(5).messageId()), 10, recent).messages())
        .isEqualTo(all.subList(6, 16));
    assertThat(view.queries()).isLessThanOrEqualTo(4);
  }

  @Test
  void pages_atAnyPositionOfAnyChannel_areWhatAPlainListSays() {
    for (int seed = 0; seed < 200; seed++) {
      HistoryReaderTest world = new HistoryReaderTest();
      world.agreesWithAPlainList(new Random(seed), "seed " + seed);
    }
  }

  private void agreesWithAPlainList(Random random, String seed) {
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(3) == 0 ? random.nextInt(90_000) : 1));
      spread(1, Duration.ofSeconds(1));
    }
    RecentMessages recent = recent(all, random.nextInt(count + 1));
    for (int i = 0; i < 40; i++) {
      long id = random.nextInt(4) == 0 || all.isEmpty() ? anyId(random) : someId(random);
      int limit = 1 + random.nextInt(20);
      for (Position position : positions(id)) {
        assertThat(page(position, limit, recent))
            .as("%s: %s limit %s of %s", seed, position, limit, count)
            .isEqualTo(plain(position, limit));
      }
    }
  }

  private static List<Position> positions(long id) {
    return List.of(
        new Position.Newest(),
        new Position.Before(id),
        new Position.After(id),
        new Position.Around(id));
  }

  private long someId(Random random) {
    return all.get(random.nextInt(all.size())).messageId() + random.nextInt(3) - 1;
  }

  private static long anyId(Random random) {
    return new long[] {0, 1, 2, Long.MAX_VALUE - 1, Long.MAX_VALUE}[random.nextInt(5)];
  }

  private HistoryPage plain(Position position, int limit) {
    return switch (position) {
      case Position.Newest() -> cut(all.size(), limit, 0);
      case Position.Before(long id) -> cut(index(id), limit, 0);
      case Position.After(long id) ->
          id == Long.MAX_VALUE ? cut(all.size(), 0, limit) : cut(index(id + 1), 0, limit);
      case Position.Around(long id) -> cut(index(id), limit / 2, limit - limit / 2);
    };
  }

  private HistoryPage cut(int at, int older, int newer) {
    int from = Math.max(0, at - older);
    int to = Math.min(all.size(), at + newer);
    return new HistoryPage(all.subList(from, to), from > 0, to < all.size());
  }

  private int index(long id) {
    return (int) all.stream().filter(message -> message.messageId() < id).count();
  }

  private HistoryPage page(Position position, int limit, RecentMessages recent) {
    return reader.page(CHANNEL, position, limit, recent).toCompletableFuture().join();
  }

  /** So many more messages, one after each pause; all of them. */
  private List<StoredMessage> spread(int count, Duration pause) {
    IntStream.range(0, count)
        .forEach(i -> {
          now = now.plus(pause);
          long id = Snowflake.first(now.toEpochMilli()) + 5;
          ByteString text = ByteString.copyFromUtf8("message " + all.size());
          all.add(new StoredMessage(id, all.size() + 1, text));
        });
    return all;
  }

  /** The newest of them in memory, all others in the view; some are in both. */
  private RecentMessages recent(List<StoredMessage> messages, int count) {
    int begin = messages.size() - count;
    messages.subList(0, Math.min(messages.size(), begin + count / 2)).forEach(view::add);
    var newest =
        messages.subList(begin, messages.size()).stream()
            .map(m -> new FeedEntry(m.seq(), m.messageId(), m.message(), m.message()))
            .toList();
    return new RecentMessages(newest, begin == 0);
  }
}
