package chat.starling.channel.owner;

import chat.starling.channel.history.HistoryPage;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.StoredMessage;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One seeded run of several channel servers on the production classes, with their clients, viewers
 * and readers: a minute of faults, then calm. The invariants of {@link SimLedger} hold after every
 * step.
 */
final class SimCluster {

  private static final int FEEDS = 3;
  private static final int MESSAGES = 40;
  private static final int FAULTY_MILLIS = 60_000;

  private final SimWorld world;
  private final SimDatabase database = new SimDatabase();
  private final List<FeedId> feeds;
  private final SimLedger ledger;
  private final List<SimServer> servers = new ArrayList<>();
  private final List<SimClient> clients = new ArrayList<>();
  private final SimFaults faults;

  SimCluster(long seed, SimRules rules) {
    world = new SimWorld(seed);
    feeds =
        LongStream.iterate(1, id -> id + 1)
            .mapToObj(FeedId::channel)
            .filter(feed -> Shard.of(feed).index() < SimRules.SHARDS)
            .limit(FEEDS)
            .toList();
    ledger = new SimLedger(database, feeds);
    faults = new SimFaults(world, servers);
    int count = 2 + world.random().nextInt(3);
    for (int i = 0; i < count; i++) {
      SimServer server = new SimServer("s" + i, world, database, rules, this::gossip);
      servers.add(server);
      server.startWithin(1_500);
    }
  }

  /** Runs it all; throws an AssertionError that names the first broken invariant. */
  void run() {
    Random random = world.random();
    for (int i = 0; i < MESSAGES; i++) {
      SimClient client = new SimClient(this, feeds.get(random.nextInt(FEEDS)), i);
      clients.add(client);
      world.after(random.nextInt(FAULTY_MILLIS), client::send);
    }
    for (FeedId feed : feeds) {
      world.after(random.nextInt(5_000), new SimViewer(this, feed)::follow);
    }
    for (int i = 0; i < 12; i++) {
      world.after(random.nextInt(FAULTY_MILLIS), this::readAll);
    }
    faults.begin();
    world.run(Duration.ofMillis(FAULTY_MILLIS));
    faults.heal();
    world.run(Duration.ofSeconds(60));
    ledger.throwBroken();
    if (!clients.stream().allMatch(SimClient::heard)) {
      throw new AssertionError("Done does not hold: a client hears nothing");
    }
    ledger.requireDone();
  }

  String outcome() {
    return ledger.acks() + " acked, " + database.rows() + " rows, now " + world.nowMillis();
  }

  SimWorld world() {
    return world;
  }

  SimLedger ledger() {
    return ledger;
  }

  /** Whom somebody asks for a feed: mostly the owner by some server's view, sometimes anybody. */
  SimServer serverFor(FeedId feed) {
    SimServer somebody = servers.get(world.random().nextInt(servers.size()));
    Member owner = somebody.view().ownerOf(Shard.of(feed));
    return owner == null || world.random().nextInt(10) == 0
        ? somebody
        : servers.stream()
            .filter(server -> server.id().equals(owner.serverId()))
            .findFirst()
            .orElse(somebody);
  }

  /** Whether a message between servers and clients is lost. */
  boolean loses() {
    return !faults.calm() && world.random().nextInt(20) == 0;
  }

  long delay() {
    return world.random().nextInt(10);
  }

  private void gossip(RingView view) {
    servers.forEach(server -> server.hear(view));
  }

  /** Whatever was acked before the call is on the page: readers agree with senders. */
  private void readAll() {
    FeedId feed = feeds.get(world.random().nextInt(FEEDS));
    SimServer server = serverFor(feed);
    FeedOwner owner = server.feeds();
    if (owner == null) {
      return;
    }
    Set<Long> before = ledger.ackedIds(feed);
    server
        .process()
        .after(
            delay(),
            () ->
                owner
                    .history(feed.id(), new Position.Newest(), 1000)
                    .thenAccept(page -> compare(page, before)));
  }

  private void compare(HistoryPage page, Set<Long> before) {
    Set<Long> found =
        page.messages().stream().map(StoredMessage::messageId).collect(Collectors.toSet());
    if (!found.containsAll(before)) {
      ledger.broken("ReadersAgree", "a page lacks what was acked before");
    }
  }
}
