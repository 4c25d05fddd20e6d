package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.feed.FeedBounds;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a feed costs that is awake and that nobody uses: the figure in docs/architecture/feeds.md.
 */
class IdleFeedMemoryTest {

  private static final int FEEDS = 20_000;
  private static final long STATED_BYTES = 3_000;
  private static final FeedBounds BOUNDS =
      new FeedBounds(
          1024,
          256,
          262_144,
          4096,
          100_000,
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          Duration.ofMillis(50),
          Duration.ofSeconds(1));

  @Test
  void feed_awakeAndIdle_takesNoMoreThanWhatIsStated() {
    SimWorld world = new SimWorld(1);
    SimProcess process = new SimProcess(world);
    FeedOwner owner =
        new FeedOwner(
            LoneServer.context(
                process,
                new SimStores(world, 0).asStores(),
                new OwnerBounds(
                    BOUNDS,
                    2 * FEEDS,
                    1000,
                    Duration.ofHours(1),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(5),
                    new TrustBounds(Duration.ofSeconds(10), Duration.ofSeconds(2)))),
            List.of(process.loop()));
    for (int shard = 0; shard < Shard.COUNT; shard++) {
      owner.opened(new Shard(shard), 1);
    }
    world.run(Duration.ofSeconds(10));
    long before = usedBytes();
    for (long id = 1; id <= FEEDS; id++) {
      var _ = owner.events(FeedId.channel(id), 0, 1);
    }
    world.run(Duration.ofSeconds(10));
    long each = (usedBytes() - before) / FEEDS;
    assertThat(world.answer(owner.load()).active()).isEqualTo(FEEDS);
    System.out.println("an idle feed takes " + each + " bytes");
    assertThat(each).isLessThan(STATED_BYTES);
  }

  private static long usedBytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
