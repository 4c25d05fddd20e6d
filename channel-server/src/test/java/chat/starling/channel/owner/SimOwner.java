package chat.starling.channel.owner;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.FeedBounds;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** One owner of one channel's feed in a simulated world without faults. */
final class SimOwner {

  static final FeedId FEED = FeedId.channel(7);
  static final long AUTHOR = 1;

  private final SimWorld world = new SimWorld(1);
  private final SimDatabase database = new SimDatabase();
  private final FeedOwner feeds;
  private long posted;

  /**
   * Such an owner.
   *
   * @param inMemory events that the feed keeps in memory
   */
  SimOwner(int inMemory) {
    feeds = owner(inMemory);
  }

  FeedOwner feeds() {
    return feeds;
  }

  SimDatabase database() {
    return database;
  }

  void run(Duration time) {
    world.run(time);
  }

  /** Until the feed sleeps. */
  void sleep() {
    world.run(Duration.ofMinutes(2));
    if (answer(feeds.load()).active() != 0) {
      throw new AssertionError("the feed is awake");
    }
  }

  <T> T answer(CompletionStage<T> question) {
    return world.answer(question);
  }

  /** Posts the next message and waits until it is durable. */
  void post() {
    posted++;
    byte[] nonce = ByteBuffer.allocate(16).putLong(posted).array();
    feeds.append(
        FEED,
        new Append(
            Author.newBuilder().setUserId(AUTHOR).setDisplayName("Ada").build(),
            ByteString.copyFrom(nonce),
            "text " + posted,
            false,
            "",
            new Reply()));
    world.run(Duration.ofMillis(200));
  }

  private FeedOwner owner(int inMemory) {
    SimProcess process = new SimProcess(world);
    SimLink link = new SimLink(world, process, 0);
    SimStores stores = new SimStores(database, link, link, SimRules.KEPT);
    return LoneServer.owning(
        FEED, LoneServer.context(process, stores.asStores(), bounds(inMemory)), process);
  }

  private static OwnerBounds bounds(int inMemory) {
    FeedBounds feed =
        new FeedBounds(
            16,
            inMemory,
            4_096,
            64,
            100,
            Duration.ofMinutes(5),
            Duration.ofDays(30),
            Duration.ofMillis(20),
            Duration.ofSeconds(1));
    return new OwnerBounds(
        feed,
        4,
        100,
        Duration.ofMinutes(1),
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        new TrustBounds(Duration.ofSeconds(10), Duration.ofSeconds(2)));
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
