package chat.starling.channel.relay;

import chat.starling.api.v1.Reason;
import chat.starling.platform.ring.RingHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Servers, gateways and the streams between them; what happens next is drawn by lot. */
final class SimTree {

  static final int DEGREE = 2;
  static final int REPLAYED = 5;
  private static final int SERVERS = 6;
  private static final int MOST_GATEWAYS = 16;
  private static final int MOST_TURNS = 100_000;

  final Random random;
  final RingHolder ring = Trees.ring(SERVERS);
  private final List<SimNode> servers = new ArrayList<>();
  private final List<SimStream> streams = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private SimNode owner;
  private long epoch = 1;
  private long head;

  SimTree(Random random) {
    this.random = random;
    for (int i = 0; i < SERVERS; i++) {
      servers.add(new SimNode("s" + i, this));
    }
    owner = servers.getFirst();
    owner.own(epoch);
  }

  void step() {
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> publish();
      case 4, 5 -> join();
      case 6 -> leave();
      case 7 -> crashOrRestart();
      case 8 -> move();
      case 9 -> anyServer().tick();
      case 10, 11, 12, 13 -> runLater();
      default -> deliver();
    }
  }

  /** Nothing breaks any more, and everybody knows everything that he is to be told. */
  void settle() {
    servers.forEach(SimNode::restart);
    if (!owner.owns(epoch)) {
      move();
    }
    drain();
  }

  void drain() {
    int turns = 0;
    while (deliver() || runLater()) {
      streams.removeIf(SimStream::isSpent);
      if (++turns > MOST_TURNS) {
        throw new AssertionError("it does not come to rest");
      }
    }
  }

  void publish() {
    if (owner.owns(epoch)) {
      head++;
      owner.publish(head);
    }
  }

  void join() {
    if (gateways.size() < MOST_GATEWAYS) {
      Gateway gateway = new Gateway();
      gateways.add(gateway);
      gateway.askOwner();
    }
  }

  List<Gateway> gateways() {
    return gateways;
  }

  long head() {
    return head;
  }

  int relayed() {
    return servers.stream().mapToInt(SimNode::relayed).sum();
  }

  SimStream open(String serverId, SimStream.User user) {
    SimNode to =
        servers.stream().filter(server -> server.id().equals(serverId)).findFirst().orElseThrow();
    SimStream stream = new SimStream(to, user);
    streams.add(stream);
    to.accept(stream);
    return stream;
  }

  private void leave() {
    if (!gateways.isEmpty()) {
      gateways.remove(random.nextInt(gateways.size())).leave();
    }
  }

  private void crashOrRestart() {
    SimNode server = anyServer();
    if (server.isUp()) {
      server.crash();
    } else {
      server.restart();
    }
  }

  /** The new owner begins at once; the old one hears of it some time. */
  private void move() {
    SimNode next = anyServer();
    if (next.isUp() && next != owner) {
      SimNode before = owner;
      long of = epoch;
      later.add(() -> before.disown(of));
      owner = next;
      owner.own(++epoch);
    } else if (next == owner && next.isUp() && !next.owns(epoch)) {
      owner.own(++epoch);
    }
  }

  private SimNode anyServer() {
    return servers.get(random.nextInt(SERVERS));
  }

  private boolean runLater() {
    if (later.isEmpty()) {
      return false;
    }
    later.remove(random.nextInt(later.size())).run();
    return true;
  }

  private boolean deliver() {
    if (streams.isEmpty()) {
      return false;
    }
    int first = random.nextInt(streams.size());
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get((first + i) % streams.size()).deliver(random)) {
        return true;
      }
    }
    return false;
  }

  /** Follows the feed as a gateway does: by referrals, and back to the owner when they end. */
  final class Gateway implements SimStream.User {

    private @Nullable SimStream stream;
    private boolean gone;
    private boolean known;
    private boolean relayed;
    private long seen;
    private int detours;

    long seen() {
      return seen;
    }

    void askOwner() {
      if (!gone) {
        SimNode asked = random.nextInt(8) == 0 ? anyServer() : owner;
        ask(asked.id(), Stage.owner(0));
      }
    }

    private void ask(String serverId, Stage stage) {
      relayed = !stage.isOwner();
      leaveStream();
      stream = open(serverId, this);
      stream.add(
          new Asker("", detours < 3, stage), known ? OptionalLong.of(seen) : OptionalLong.empty());
    }

    void leave() {
      gone = true;
      leaveStream();
    }

    private void leaveStream() {
      if (stream != null) {
        stream.hangUp();
      }
    }

    /** What lies between is read from the owner, who has it. */
    @Override
    public void added(SimStream from, long fromSeq) {
      known = true;
      detours = 0;
      seen = Math.max(seen, fromSeq);
    }

    @Override
    public void event(SimStream from, long seq) {
      if (seq > seen + 1) {
        throw new AssertionError(seq + " came after " + seen);
      }
      seen = Math.max(seen, seq);
    }

    @Override
    public void refused(SimStream from, Reason reason) {
      if (reason != Reason.REASON_NOT_OWNER) {
        throw new AssertionError(reason + " for " + seen + " at " + head);
      }
      detours += relayed ? 1 : 0;
      later.add(this::askOwner);
    }

    @Override
    public void referred(SimStream from, String serverId, Stage stage) {
      ask(serverId, stage);
    }

    @Override
    public void down(SimStream from) {
      detours += relayed ? 1 : 0;
      later.add(this::askOwner);
    }
  }
}
