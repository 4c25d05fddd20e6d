package chat.starling.channel.owner;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.workspace.RandomActs;
import chat.starling.channel.workspace.Replay;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One seeded run of several channel servers on the production classes, with administrators of one
 * workspace: a minute of faults, then calm. Whatever is answered is in the rows at that moment; in
 * the end rows and events say the same.
 */
final class SimAdministration {

  private static final int ACTS = 80;
  private static final int AT_ONCE = 6;
  private static final int FAULTY_MILLIS = 60_000;

  private final SimWorld world;
  private final SimDatabase database = new SimDatabase();
  private final List<SimServer> servers = new ArrayList<>();
  private final List<SimActor> actors = new ArrayList<>();
  private final Map<AdministerRequest, Long> seqs = new HashMap<>();
  private final SimFaults faults;
  private final FeedId feed;
  private final RandomActs acts;
  private @Nullable AssertionError broken;

  SimAdministration(long seed, SimRules rules) {
    world = new SimWorld(seed);
    faults = new SimFaults(world, servers);
    feed =
        LongStream.iterate(1, id -> id + 1)
            .mapToObj(FeedId::workspace)
            .filter(one -> Shard.of(one).index() < SimRules.SHARDS)
            .findFirst()
            .orElseThrow();
    RandomActs.CHANNELS.forEach(channel -> database.workspaces().addChannel(feed.id(), channel));
    acts = new RandomActs(feed.id(), database.workspaces(), world.random(), world::nowMillis);
    int count = 2 + world.random().nextInt(3);
    for (int i = 0; i < count; i++) {
      SimServer server = new SimServer("s" + i, world, database, rules, this::gossip);
      servers.add(server);
      server.startWithin(1_500);
    }
  }

  /** Runs it all; throws an AssertionError that names the first broken promise. */
  void run() {
    Random random = world.random();
    ask(1, 0);
    for (int i = 1; i < ACTS; i++) {
      int number = i;
      Runnable asking =
          switch (i % 8) {
            case 0 -> () -> comeOrGoAtOnce(number);
            case 1, 2 -> () -> actAtOnce(number);
            default -> () -> ask(actor(random), number);
          };
      world.after(random.nextInt(FAULTY_MILLIS), asking);
    }
    faults.begin();
    world.run(Duration.ofMillis(FAULTY_MILLIS));
    faults.heal();
    world.run(Duration.ofSeconds(60));
    if (broken != null) {
      throw broken;
    }
    if (!actors.stream().allMatch(SimActor::heard)) {
      throw new AssertionError("an administrator hears nothing");
    }
    new Replay(feed.id(), truth()).requireSame(database.workspaces());
  }

  /** Mostly who is the owner at first, who may do most. */
  private static long actor(Random random) {
    return random.nextBoolean() ? 1 : 1L + random.nextInt(RandomActs.USERS);
  }

  /** How many acts became events. */
  int events() {
    return truth().size();
  }

  private void ask(long actorId, int number) {
    ask(actorId, number, number == 0 ? RandomActs.FOUND : acts.next(actorId));
  }

  /** Everybody at the same time, most of whom are decided on together. */
  private void comeOrGoAtOnce(int number) {
    for (int user = 1; user <= RandomActs.USERS; user++) {
      ask(user, ACTS * user + number, acts.comeOrGo());
    }
  }

  /** Several on the same few users, roles and channels, so that what one does decides another. */
  private void actAtOnce(int number) {
    for (int i = 1; i <= AT_ONCE; i++) {
      ask(actor(world.random()), ACTS * (10 + i) + number);
    }
  }

  private void ask(long actorId, int number, Act act) {
    SimActor actor = new SimActor(this, actorId, number, act);
    actors.add(actor);
    actor.ask();
  }

  /** An answer leaves a server: what it says is in the log and in all rows, for good. */
  void answered(AdministerRequest request, AdministerResponse response) {
    try {
      requireTrue(request, response);
    } catch (AssertionError e) {
      broken = broken == null ? e : broken;
    }
  }

  private void requireTrue(AdministerRequest request, AdministerResponse response) {
    long seq = response.getSeq();
    if (seq == 0) {
      return;
    }
    Long before = seqs.putIfAbsent(request, seq);
    if (before != null && before != seq) {
      throw new AssertionError("one nonce, two seqs: " + before + ", " + seq);
    }
    List<WorkspaceEvent> truth = truth();
    if (truth.size() < seq || !truth.get((int) seq - 1).getNonce().equals(request.getNonce())) {
      throw new AssertionError("answered, and not an event: " + seq);
    }
    new Replay(feed.id(), truth.subList(0, (int) seq)).requireReached(database.workspaces());
  }

  private List<WorkspaceEvent> truth() {
    return database.truth(feed).stream()
        .map(row -> FeedEntry.of(feed, row).workspaceEvent())
        .toList();
  }

  SimWorld world() {
    return world;
  }

  long workspaceId() {
    return feed.id();
  }

  /** Whom somebody asks: mostly the owner by some server's view, sometimes anybody. */
  SimServer serverForWorkspace() {
    SimServer somebody = servers.get(world.random().nextInt(servers.size()));
    Member owner = somebody.view().ownerOf(Shard.of(feed));
    return owner == null || world.random().nextInt(10) == 0
        ? somebody
        : servers.stream()
            .filter(server -> server.id().equals(owner.serverId()))
            .findFirst()
            .orElse(somebody);
  }

  boolean loses() {
    return !faults.calm() && world.random().nextInt(20) == 0;
  }

  long delay() {
    return world.random().nextInt(10);
  }

  private void gossip(RingView view) {
    servers.forEach(server -> server.hear(view));
  }
}
