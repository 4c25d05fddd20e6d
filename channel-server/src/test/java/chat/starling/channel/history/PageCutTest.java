package chat.starling.channel.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageCutTest {

  private static final int SIZE = 95;
  private static final int COST = 100;

  @Test
  void page_asHeavyAsAllowed_isWhole() {
    HistoryPage page = PageCut.of(below(100, 11), 10, List.of(), 0, 10 * COST);
    assertThat(ids(page)).isEqualTo(ascending(90, 99));
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isFalse();
  }

  @Test
  void page_withNothingBeyond_saysSo() {
    HistoryPage page = PageCut.of(below(5, 4), 10, from(5, 3), 10, 100 * COST);
    assertThat(ids(page)).isEqualTo(ascending(1, 7));
    assertThat(page.hasOlder()).isFalse();
    assertThat(page.hasNewer()).isFalse();
  }

  @Test
  void page_backwardAndTooHeavy_keepsItsNewest() {
    HistoryPage page = PageCut.of(below(100, 10), 10, List.of(), 0, 4 * COST - 1);
    assertThat(ids(page)).isEqualTo(ascending(97, 99));
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isFalse();
  }

  @Test
  void page_forwardAndTooHeavy_keepsItsOldest() {
    HistoryPage page = PageCut.of(below(100, 1), 0, from(100, 10), 10, 3 * COST);
    assertThat(ids(page)).isEqualTo(ascending(100, 102));
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isTrue();
  }

  @Test
  void page_aroundAndTooHeavy_keepsItsMiddle() {
    HistoryPage page = PageCut.of(below(100, 10), 10, from(100, 10), 10, 5 * COST);
    assertThat(ids(page)).isEqualTo(ascending(98, 102));
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isTrue();
  }

  @Test
  void page_aroundAndOneSideShort_givesItsBytesToTheOther() {
    HistoryPage page = PageCut.of(below(100, 10), 10, from(100, 1), 10, 5 * COST);
    assertThat(ids(page)).isEqualTo(ascending(96, 100));
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isFalse();
  }

  @Test
  void page_heavyMessageOnTheWay_isNotSteppedOver() {
    List<StoredMessage> below = List.of(message(9, 10), message(8, 1_000), message(7, 10));
    HistoryPage page = PageCut.of(below, 3, List.of(), 0, 500);
    assertThat(ids(page)).containsExactly(9L);
    assertThat(page.hasOlder()).isTrue();
  }

  @Test
  void page_firstMessageHeavierThanAllowed_holdsIt() {
    HistoryPage page = PageCut.of(below(100, 2), 2, from(100, 2), 2, 1);
    assertThat(ids(page)).containsExactly(100L);
    assertThat(page.hasOlder()).isTrue();
    assertThat(page.hasNewer()).isTrue();
  }

  /** So many messages below the id, newest first. */
  private static List<StoredMessage> below(long id, int count) {
    return from(id - count, count).reversed();
  }

  private static List<StoredMessage> from(long id, int count) {
    return LongStream.range(id, id + count).mapToObj(each -> message(each, SIZE)).toList();
  }

  private static StoredMessage message(long id, int size) {
    return new StoredMessage(id, id, ByteString.copyFrom(new byte[size]));
  }

  private static List<Long> ids(HistoryPage page) {
    return page.messages().stream().map(StoredMessage::messageId).toList();
  }

  private static List<Long> ascending(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
