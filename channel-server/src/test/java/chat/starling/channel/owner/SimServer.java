package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedBounds;
import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.owner.OwnershipDriver.Self;
import chat.starling.channel.ownership.LeaseRow;
import chat.starling.channel.ownership.LeaseStore;
import chat.starling.channel.ownership.Outcome;
import chat.starling.channel.ownership.OwnershipDoubles;
import chat.starling.channel.ownership.RingStore;
import chat.starling.channel.ownership.ShardOwner;
import chat.starling.channel.ownership.ShardOwnerStore;
import chat.starling.channel.relay.RelayRules;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One channel server in a simulated cluster: the production classes in a process that can die. */
final class SimServer {

  private static final FeedBounds BOUNDS =
      new FeedBounds(
          16,
          3,
          4_096,
          64,
          12,
          Duration.ofMinutes(5),
          Duration.ofDays(30),
          Duration.ofMillis(20),
          Duration.ofSeconds(1));
  private static final OwnerBounds OWNER =
      new OwnerBounds(
          BOUNDS,
          2,
          20,
          Duration.ofSeconds(3),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          new TrustBounds(Duration.ofMillis(300), Duration.ofMillis(100)));
  private static final double CLOCK_TOLERANCE = 0.1;

  private final String id;
  private final SimWorld world;
  private final SimDatabase database;
  private final SimRules rules;
  private final Consumer<RingView> gossip;
  private SimProcess process;
  private SimLink store;
  private SimLink kafka;
  private RingHolder ring = new RingHolder();
  private @Nullable OwnershipDriver driver;
  private @Nullable FeedOwner feeds;

  SimServer(
      String id, SimWorld world, SimDatabase database, SimRules rules, Consumer<RingView> gossip) {
    this.id = id;
    this.world = world;
    this.database = database;
    this.rules = rules;
    this.gossip = gossip;
    process = new SimProcess(world);
    store = new SimLink(world, process, 0);
    kafka = store;
  }

  private void start() {
    double rate = 1 + (world.random().nextDouble() * 2 - 1) * CLOCK_TOLERANCE;
    process = new SimProcess(world, rate, world.random().nextLong(4_000) - 2_000);
    store = new SimLink(world, process, 0);
    kafka = new SimLink(world, process, 0);
    ring = new RingHolder();
    OwnershipDriver started =
        new OwnershipDriver(
            rules.machines(),
            OwnershipDoubles.SETTINGS,
            ownershipStores(),
            ring,
            () -> world.random().nextLong(1L << 40),
            process.loop(),
            process.monotonic());
    SnowflakeMint mint = new SnowflakeMint(process.wall());
    FeedOwner owner = new FeedOwner(context(started, mint), List.of(process.loop()));
    owner.start();
    driver = started;
    feeds = owner;
    var _ = started.start(new Self(id, id + ":1"), owner, view -> viewed(started, mint, view));
  }

  private void viewed(OwnershipDriver mine, SnowflakeMint mint, RingView view) {
    view.member(id)
        .filter(member -> member.incarnation() == mine.incarnation())
        .ifPresent(member -> mint.assign(member.worker()));
    gossip.accept(view);
  }

  private FeedContext context(OwnershipDriver ownership, SnowflakeMint mint) {
    return new FeedContext(
        rules.lease(ownership::valid),
        new OwnerHints(id, ring, ownership.owned(), ownership::sought),
        new SimStores(database, store, kafka, rules).asStores(),
        OWNER,
        mint,
        new MarkStamps(process.wall()),
        process.wall(),
        process.monotonic(),
        new AppendTrace(OpenTelemetry.noop().getTracer("")),
        new FeedMetrics(OpenTelemetry.noop().getMeter("")),
        HeadListener.NONE,
        new RelayRules(id, ring, 32));
  }

  String id() {
    return id;
  }

  SimProcess process() {
    return process;
  }

  SimLink store() {
    return store;
  }

  SimLink kafka() {
    return kafka;
  }

  /** The newest view that this server knows. */
  RingView view() {
    return ring.current();
  }

  /** Its feeds; null before its first start. */
  @Nullable FeedOwner feeds() {
    return feeds;
  }

  void hear(RingView view) {
    OwnershipDriver now = driver;
    if (now != null) {
      SimProcess there = process;
      there.after(world.random().nextInt(50), () -> now.heard(view));
    }
  }

  /** Dies at once and starts again after a while. */
  void crash() {
    process.crash();
    startWithin(3_000);
  }

  /** Leaves in good order and starts again after a while; one that cannot leave is killed. */
  void restart() {
    SimProcess leaving = process;
    OwnershipDriver now = driver;
    if (now != null) {
      var _ = now.stop();
    }
    world.after(
        world.random().nextInt(6_000),
        () -> {
          if (process == leaving) {
            crash();
          }
        });
  }

  /** Starts a new process within this time, unless somebody else has by then. */
  void startWithin(int millis) {
    SimProcess dead = process;
    world.after(
        world.random().nextInt(millis),
        () -> {
          if (process == dead) {
            start();
          }
        });
  }

  private OwnershipStores ownershipStores() {
    var rows = database.ownership();
    LeaseStore leases =
        new LeaseStore() {
          @Override
          public CompletionStage<LeaseRow> read(String serverId) {
            return store.answer(() -> rows.lease(serverId));
          }

          @Override
          public CompletionStage<Outcome<LeaseRow>> replace(
              String serverId, LeaseRow seen, LeaseRow next) {
            return store.compareAndSet(() -> rows.replaceLease(serverId, seen, next));
          }
        };
    RingStore views =
        new RingStore() {
          @Override
          public CompletionStage<RingView> read() {
            return store.answer(rows::ring);
          }

          @Override
          public CompletionStage<Outcome<RingView>> replace(RingView seen, RingView next) {
            return store.compareAndSet(() -> rows.replaceRing(seen, next));
          }
        };
    ShardOwnerStore owners =
        new ShardOwnerStore() {
          @Override
          public CompletionStage<List<ShardOwner>> read(int slice) {
            return store.answer(() -> rows.owners(slice));
          }

          @Override
          public CompletionStage<Outcome<ShardOwner>> replace(ShardOwner seen, ShardOwner next) {
            return store.compareAndSet(() -> rows.replaceOwner(seen, next));
          }
        };
    return new OwnershipStores(leases, views, owners);
  }
}
