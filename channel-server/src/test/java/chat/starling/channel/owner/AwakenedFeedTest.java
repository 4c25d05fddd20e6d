package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.FeedEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A feed that was left clean is not brought to anybody again when it is woken. */
class AwakenedFeedTest {

  private static final int EVENTS = 40;

  private final SimOwner owner = new SimOwner(8);

  @Test
  void feed_leftClean_publishesOnlyWhatIsNew() {
    for (int i = 0; i < EVENTS; i++) {
      owner.post();
    }
    owner.sleep();
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS));
    owner.answer(owner.feeds().events(SimOwner.FEED, 0, 1));
    owner.run(Duration.ofSeconds(10));
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS));
    owner.post();
    owner.sleep();
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS + 1));
  }

  private List<Long> published() {
    return owner.database().published(SimOwner.FEED).stream().map(FeedEntry::seq).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
