package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.FeedBounds;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.channel.relay.RelayRules;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A feed that was left clean is not brought to anybody again when it is woken. */
class AwakenedFeedTest {

  private static final FeedId FEED = FeedId.channel(7);
  private static final int EVENTS = 40;
  private static final int IN_MEMORY = 8;
  private static final FeedBounds BOUNDS =
      new FeedBounds(
          16,
          IN_MEMORY,
          4_096,
          64,
          100,
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          Duration.ofMillis(20),
          Duration.ofSeconds(1));

  private final SimWorld world = new SimWorld(1);
  private final SimDatabase database = new SimDatabase();
  private final FeedOwner owner = owner();

  @Test
  void feed_leftClean_publishesOnlyWhatIsNew() {
    LongStream.rangeClosed(1, EVENTS).forEach(this::append);
    sleep();
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS));
    world.answer(owner.events(FEED, 0, 1));
    world.run(Duration.ofSeconds(10));
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS));
    append(EVENTS + 1);
    sleep();
    assertThat(published()).containsExactlyElementsOf(upTo(EVENTS + 1));
  }

  private void sleep() {
    world.run(Duration.ofMinutes(2));
    assertThat(world.answer(owner.load()).active()).isZero();
  }

  private List<Long> published() {
    return database.published(FEED).stream().map(FeedEntry::seq).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private void append(long number) {
    byte[] nonce = ByteBuffer.allocate(16).putLong(number).array();
    owner.append(
        FEED,
        new Append(
            Author.newBuilder().setUserId(1).build(),
            ByteString.copyFrom(nonce),
            "text " + number,
            false,
            "",
            new Reply()));
    world.run(Duration.ofMillis(200));
  }

  private FeedOwner owner() {
    InstantSource clock = () -> Instant.ofEpochMilli(world.nowMillis());
    SimProcess process = new SimProcess(world);
    SimLink link = new SimLink(world, process, 0);
    SimStores stores = new SimStores(database, link, link, SimRules.KEPT);
    FeedOwner started =
        new FeedOwner(
            new FeedContext(
                () -> true,
                new OwnerHints("test", new RingHolder(), new OwnedShards(), shard -> {}),
                stores.asStores(),
                new OwnerBounds(
                    BOUNDS,
                    4,
                    20,
                    Duration.ofMinutes(1),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(5),
                    new TrustBounds(Duration.ofSeconds(10), Duration.ofSeconds(2))),
                new SnowflakeMint(1, clock),
                new MarkStamps(clock),
                clock,
                process.monotonic(),
                new AppendTrace(OpenTelemetry.noop().getTracer("test")),
                new FeedMetrics(OpenTelemetry.noop().getMeter("test")),
                HeadListener.NONE,
                new RelayRules("test", new RingHolder(), 32)),
            List.of(process.loop()));
    started.start();
    started.opened(Shard.of(FEED), 1);
    return started;
  }

  /** A refusal fails the test. */
  private static final class Reply implements AppendReply {
    @Override
    public void acked(Appended result) {}

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal);
    }
  }
}
