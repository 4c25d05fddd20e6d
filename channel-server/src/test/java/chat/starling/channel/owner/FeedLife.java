package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Author;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.channel.feed.FeedBounds;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.HistoryPage;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.StoredMessage;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.SnowflakeMint;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One seeded life of a feed under several owners, and the proof that it went well. */
final class FeedLife {

  private static final FeedId FEED = FeedId.channel(77);
  private static final int MESSAGES = 80;
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

  private final SimWorld world;
  private final SimStores stores;
  private final List<Client> clients = new ArrayList<>();
  private final Map<ByteString, Appended> results = new HashMap<>();
  private final List<Viewer> viewers = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private FeedOwner owner;
  private SimWorld.SimLoop loop;
  private int epoch;

  FeedLife(long seed, double faults) {
    world = new SimWorld(seed);
    stores = new SimStores(world, faults);
    loop = world.new SimLoop();
    owner = startOwner();
  }

  void live() {
    for (int i = 0; i < MESSAGES; i++) {
      Client client = new Client(i);
      clients.add(client);
      world.after(world.random().nextInt(60_000), client::send);
    }
    for (int i = 0; i < 12; i++) {
      world.after(world.random().nextInt(60_000), this::view);
      world.after(world.random().nextInt(60_000), this::readAll);
    }
    for (int i = world.random().nextInt(5); i > 0; i--) {
      world.after(world.random().nextInt(60_000), this::crash);
    }
    world.run(Duration.ofSeconds(90));
    stores.heal();
    world.run(Duration.ofMinutes(4));
    check();
  }

  String outcome() {
    return results.size() + " acked, " + stores.rows() + " rows, epoch " + epoch;
  }

  private void crash() {
    loop.crash();
    loop = world.new SimLoop();
    owner = startOwner();
  }

  private FeedOwner startOwner() {
    long mine = ++epoch;
    long skew = world.random().nextLong(4_000) - 2_000;
    InstantSource clock = () -> Instant.ofEpochMilli(world.nowMillis() + skew);
    FeedOwner started =
        new FeedOwner(
            new FeedContext(
                feed -> mine,
                stores.asStores(),
                new OwnerBounds(BOUNDS, 4, 20, Duration.ofSeconds(3), Duration.ofMillis(500)),
                new SnowflakeMint((int) mine, clock),
                clock,
                new AppendTrace(OpenTelemetry.noop().getTracer("")),
                new FeedMetrics(OpenTelemetry.noop().getMeter(""))),
            List.of(loop));
    started.start();
    return started;
  }

  private void view() {
    Viewer viewer = new Viewer();
    viewers.add(viewer);
    long known = results.values().stream().mapToLong(Appended::seq).max().orElse(0);
    boolean live = world.random().nextBoolean();
    OptionalLong after =
        live ? OptionalLong.empty() : OptionalLong.of(world.random().nextLong(known + 1));
    owner.subscribe(FEED, after, viewer);
    if (world.random().nextBoolean()) {
      FeedOwner there = owner;
      world.after(world.random().nextInt(20_000), () -> there.unsubscribe(FEED, viewer));
    }
  }

  /** Whatever was acked before the call is on the page. */
  private void readAll() {
    Set<Long> before = new HashSet<>();
    results.values().forEach(result -> before.add(result.messageId()));
    owner
        .history(FEED.id(), new Position.Newest(), 1000)
        .thenAccept(page -> reads.add(new Read(before, page)));
  }

  private void check() {
    EventRun log = ask(owner.events(FEED, 0, 1000));
    List<FeedEntry> truth = log.entries();
    assertThat(results).hasSize(MESSAGES);
    assertThat(log.lastSeq()).isEqualTo(truth.size());
    Set<ByteString> nonces = new HashSet<>();
    long lastId = 0;
    for (int i = 0; i < truth.size(); i++) {
      FeedEntry entry = truth.get(i);
      assertThat(entry.seq()).isEqualTo(i + 1);
      assertThat(entry.messageId()).isGreaterThan(lastId);
      lastId = entry.messageId();
      assertThat(nonces.add(nonce(entry))).as("one seq per nonce").isTrue();
    }
    results
        .values()
        .forEach(result ->
            assertThat(truth.get((int) result.seq() - 1).messageId())
                .isEqualTo(result.messageId()));
    viewers.forEach(viewer -> viewer.check(truth));
    reads.forEach(read ->
        assertThat(read.page().messages().stream().map(StoredMessage::messageId))
            .containsAll(read.before()));
    checkHistory(truth);
  }

  private void checkHistory(List<FeedEntry> truth) {
    List<StoredMessage> expected = truth.stream().map(StoredMessage::of).toList();
    List<StoredMessage> backward = new ArrayList<>();
    Position position = new Position.Newest();
    boolean more = true;
    while (more) {
      HistoryPage page = ask(owner.history(FEED.id(), position, 7));
      backward.addAll(0, page.messages());
      more = page.hasOlder();
      position = new Position.Before(backward.getFirst().messageId());
    }
    assertThat(backward).isEqualTo(expected);
    List<StoredMessage> forward = new ArrayList<>();
    more = true;
    while (more) {
      long last = forward.isEmpty() ? 0 : forward.getLast().messageId();
      HistoryPage page = ask(owner.history(FEED.id(), new Position.After(last), 9));
      forward.addAll(page.messages());
      more = page.hasNewer();
    }
    assertThat(forward).isEqualTo(expected);
  }

  private <T> T ask(CompletionStage<T> question) {
    world.run(Duration.ofSeconds(20));
    assertThat(question.toCompletableFuture()).isCompleted();
    return question.toCompletableFuture().join();
  }

  private static ByteString nonce(FeedEntry entry) {
    try {
      return chat.starling.api.v1.Message.parseFrom(entry.message()).getNonce();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** A page of history, and the message ids that were acked before it was asked for. */
  private record Read(Set<Long> before, HistoryPage page) {}

  /** Sends one message until it hears of the ack, which is sometimes lost on its way. */
  private final class Client implements AppendReply {
    private final int number;
    private final ByteString nonce;
    private int tries;
    private boolean heard;

    Client(int number) {
      this.number = number;
      this.nonce = ByteString.copyFrom(ByteBuffer.allocate(16).putLong(1).putLong(number).flip());
    }

    void send() {
      if (heard) {
        return;
      }
      boolean retry = tries++ > 0;
      owner.append(
          FEED,
          new Append(
              Author.newBuilder().setUserId(1 + number % 3).build(),
              nonce,
              "text " + number,
              retry,
              "",
              this));
      world.after(500 + world.random().nextInt(9_000), this::send);
      if (world.random().nextInt(5) == 0) {
        world.after(world.random().nextInt(500), this::send);
      }
    }

    @Override
    public void acked(Appended result) {
      Appended first = results.putIfAbsent(nonce, result);
      if (world.random().nextInt(4) > 0) {
        heard = true;
      }
      if (first != null) {
        assertThat(result.seq()).isEqualTo(first.seq());
        assertThat(result.messageId()).isEqualTo(first.messageId());
      }
    }

    @Override
    public void refused(Refusal refusal) {
      assertThat(refusal.getReason()).isEqualTo(Reason.REASON_OVERLOADED);
    }
  }

  /** Writes down what a subscriber sees. */
  private static final class Viewer implements FeedSubscriber {
    private final List<SubscribeResponse> seen = new ArrayList<>();
    private long from = -1;

    @Override
    public void added(long lastSeq, long fromSeq) {
      assertThat(from).isEqualTo(-1);
      assertThat(fromSeq).isLessThanOrEqualTo(lastSeq);
      from = fromSeq;
    }

    @Override
    public void refused(Reason reason) {
      assertThat(reason).isIn(Reason.REASON_UNAVAILABLE, Reason.REASON_OVERLOADED);
    }

    @Override
    public void event(SubscribeResponse event) {
      assertThat(from).isNotNegative();
      seen.add(event);
    }

    void check(List<FeedEntry> truth) {
      for (int i = 0; i < seen.size(); i++) {
        long seq = from + 1 + i;
        assertThat(seen.get(i).getEvent().getSeq()).isEqualTo(seq);
        FeedEntry entry = truth.get((int) seq - 1);
        assertThat(seen.get(i)).isEqualTo(entry.toResponse(FEED, ""));
      }
    }
  }
}
