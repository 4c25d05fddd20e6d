package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushedChannelsTest {

  private static final Duration QUIET = Duration.ofMinutes(5);

  private final PushedChannels channels = new PushedChannels(new PushedChannels.Limits(2, QUIET));
  private final List<Long> ended = new ArrayList<>();

  @Test
  void add_beyondTheLimit_takesThePlaceOfTheOneQuietForLongest() {
    assertThat(add(10, 0)).isTrue();
    assertThat(add(11, 1)).isTrue();
    channels.moved(10, seconds(20));
    assertThat(add(12, 30)).isTrue();
    assertThat(ended).containsExactly(11L);
    assertThat(add(13, 31)).isTrue();
    assertThat(ended).containsExactly(11L, 10L);
  }

  @Test
  void add_whileAllMove_isRefused() {
    add(10, 0);
    add(11, 1);
    assertThat(add(12, 9)).isFalse();
    channels.moved(10, seconds(9));
    assertThat(add(12, 11)).as("quiet for ten seconds").isTrue();
    assertThat(ended).containsExactly(11L);
  }

  @Test
  void quiet_namesThoseThatHaveNotMovedForSoLong() {
    add(10, 0);
    add(11, 100);
    channels.moved(10, seconds(200));
    assertThat(channels.quiet(seconds(399))).isEmpty();
    assertThat(channels.quiet(seconds(400))).containsExactly(11L);
    channels.remove(11);
    assertThat(channels.quiet(seconds(499))).isEmpty();
    assertThat(channels.quiet(seconds(500))).containsExactly(10L);
  }

  @Test
  void moved_ofAChannelThatIsNotHere_takesNoPlace() {
    channels.moved(12, seconds(1));
    add(10, 1);
    add(11, 1);
    assertThat(ended).isEmpty();
    channels.remove(10);
    assertThat(add(12, 2)).isTrue();
    assertThat(ended).isEmpty();
  }

  private boolean add(long channelId, long second) {
    return channels.add(channelId, seconds(second), ended::add);
  }

  private static long seconds(long number) {
    return Duration.ofSeconds(number).toNanos();
  }
}
