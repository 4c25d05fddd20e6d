package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceHeads;
import chat.starling.api.v1.Reason;
import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.MemoryDirectory;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.owner.heads.HeadBounds;
import chat.starling.channel.owner.heads.HeadOwner;
import chat.starling.channel.owner.heads.HeadWatcher;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner of workspaces over a store in memory, in simulated time. */
class HeadOwnerTest {

  private static final long WORKSPACE = 7;
  private static final Shard SHARD = Shard.of(FeedId.workspace(WORKSPACE));
  private static final HeadBounds BOUNDS =
      new HeadBounds(
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          2,
          10_000,
          Duration.ofMinutes(10),
          Duration.ofSeconds(20));

  private final SimWorld world = new SimWorld(1);
  private final SimProcess process = new SimProcess(world);
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Heads stored = new Heads();
  private final HeadOwner owner =
      new HeadOwner(
          new StoredHeads(directory, stored),
          new OwnerHints("self", new RingHolder(), new OwnedShards(), shard -> {}),
          BOUNDS,
          process.loop(),
          process.monotonic());

  @BeforeEach
  void own() {
    owner.opened(SHARD, 1);
    owner.start();
  }

  @Test
  void watch_afterATakeOver_isToldWhatTheStoreHasAndThenWhatMoves() {
    for (long channel = 1; channel <= 2_500; channel++) {
      channel(channel, channel);
    }
    Watcher watcher = watch();
    run(Duration.ofSeconds(5));
    assertThat(watcher.known).hasSize(2_500).containsEntry(2_500L, 2_500L);
    assertThat(watcher.snapshots).isEqualTo(1);
    assertThat(stored.mostAtATime).isLessThanOrEqualTo(16);
    report(3, 99);
    run(Duration.ofSeconds(1));
    assertThat(watcher.known).containsEntry(3L, 99L);
    assertThat(watcher.last).hasSize(1);
  }

  @Test
  void report_beforeTheStoreIsRead_isNotLoweredByIt() {
    channel(1, 5);
    report(1, 8);
    Watcher watcher = watch();
    run(Duration.ofSeconds(1));
    assertThat(watcher.known).containsExactly(Map.entry(1L, 8L));
  }

  @Test
  void reports_manyWithinABatch_areOneMessageToEachWatcher() {
    Watcher one = watch();
    Watcher other = watch();
    run(Duration.ofSeconds(1));
    int before = one.messages;
    for (int i = 1; i <= 100; i++) {
      report(1 + i % 3, i);
    }
    run(Duration.ofSeconds(1));
    assertThat(one.messages - before).isEqualTo(1);
    assertThat(other.known).isEqualTo(one.known).containsEntry(2L, 100L);
  }

  @Test
  void watch_storeAway_isAnsweredOnceItIsBack() {
    channel(1, 5);
    stored.away = true;
    Watcher watcher = watch();
    run(Duration.ofSeconds(3));
    assertThat(watcher.messages).isZero();
    stored.away = false;
    run(Duration.ofSeconds(2));
    assertThat(watcher.known).containsEntry(1L, 5L);
  }

  @Test
  void shardLost_watchersAreTurnedAwayAndReportsRefused() {
    Watcher watcher = watch();
    run(Duration.ofSeconds(1));
    owner.lost(SHARD);
    run(Duration.ofSeconds(1));
    assertThat(watcher.refusals).containsExactly(Reason.REASON_NOT_OWNER);
    CompletableFuture<Void> report =
        owner.report(WORKSPACE, List.of(new ChannelHead(1, 1))).toCompletableFuture();
    run(Duration.ofSeconds(1));
    assertThat(report.exceptionNow())
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.REASON_NOT_OWNER));
    Watcher late = watch();
    run(Duration.ofSeconds(1));
    assertThat(late.refusals).containsExactly(Reason.REASON_NOT_OWNER);
  }

  @Test
  void unwatch_nothingMoreComes() {
    Watcher watcher = watch();
    run(Duration.ofSeconds(1));
    owner.unwatch(WORKSPACE, watcher);
    report(1, 1);
    run(Duration.ofSeconds(1));
    assertThat(watcher.known).isEmpty();
  }

  @Test
  void workspace_idle_isReadAnewFromTheStore() {
    report(1, 8);
    run(BOUNDS.idle().plusSeconds(1));
    channel(1, 9);
    Watcher watcher = watch();
    run(Duration.ofSeconds(1));
    assertThat(watcher.known).containsExactly(Map.entry(1L, 9L));
  }

  @Test
  void watch_noRoomForAnotherWorkspace_isRefusedWhileTheOthersAreWatched() {
    long second = inAShardOfOurs(WORKSPACE + 1);
    long third = inAShardOfOurs(second + 1);
    watch();
    Watcher two = new Watcher();
    owner.watch(second, two);
    Watcher three = new Watcher();
    owner.watch(third, three);
    run(Duration.ofSeconds(1));
    assertThat(three.refusals).containsExactly(Reason.REASON_OVERLOADED);
    owner.unwatch(second, two);
    Watcher again = new Watcher();
    owner.watch(third, again);
    run(Duration.ofSeconds(1));
    assertThat(again.snapshots).isEqualTo(1);
  }

  private long inAShardOfOurs(long workspace) {
    owner.opened(Shard.of(FeedId.workspace(workspace)), 1);
    return workspace;
  }

  private Watcher watch() {
    Watcher watcher = new Watcher();
    owner.watch(WORKSPACE, watcher);
    return watcher;
  }

  private void report(long channel, long seq) {
    var _ = owner.report(WORKSPACE, List.of(new ChannelHead(channel, seq)));
  }

  private void channel(long id, long seq) {
    directory.make(new Channel(id, WORKSPACE, "c" + id, 1)).toCompletableFuture().join();
    stored.write(FeedId.channel(id), new FeedHead(seq, seq));
  }

  private void run(Duration time) {
    world.run(time);
  }

  private final class Heads implements FeedHeads {
    private final Map<FeedId, FeedHead> heads = new HashMap<>();
    private final AtomicInteger reading = new AtomicInteger();
    private int mostAtATime;
    private boolean away;

    @Override
    public CompletionStage<FeedHead> read(FeedId feed) {
      CompletableFuture<FeedHead> answer = new CompletableFuture<>();
      mostAtATime = Math.max(mostAtATime, reading.incrementAndGet());
      world.after(
          1,
          () -> {
            reading.decrementAndGet();
            if (away) {
              answer.completeExceptionally(new IllegalStateException("away"));
            } else {
              answer.complete(heads.getOrDefault(feed, FeedHead.NONE));
            }
          });
      return answer;
    }

    @Override
    public CompletionStage<Void> write(FeedId feed, FeedHead head) {
      heads.put(feed, head);
      return CompletableFuture.completedStage(null);
    }
  }

  private static final class Watcher implements HeadWatcher {
    private final Map<Long, Long> known = new TreeMap<>();
    private final List<Reason> refusals = new ArrayList<>();
    private Map<Long, Long> last = Map.of();
    private int messages;
    private int snapshots;
    private boolean more = true;

    @Override
    public void heads(SubscribeResponse message) {
      WorkspaceHeads heads = message.getHeads();
      messages++;
      last = new TreeMap<>();
      heads.getHeadsList().forEach(head -> last.put(head.getChannelId(), head.getSeq()));
      known.putAll(last);
      if (more && !heads.getMore()) {
        more = false;
        snapshots++;
      }
    }

    @Override
    public void refused(Reason reason) {
      refusals.add(reason);
    }
  }
}
