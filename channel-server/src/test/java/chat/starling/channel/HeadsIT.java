package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ReportHeadsRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two channel servers: what gateways learn of workspaces whose channels both of them own. */
class HeadsIT {

  private static final AtomicLong NEXT = new AtomicLong(10_000);

  private final TestServer one = start("one");
  private final TestServer two = start("two");

  @BeforeEach
  void bothHaveTheirShare() {
    patiently()
        .until(() ->
            status(one).getShardsCount() + status(two).getShardsCount() == Shard.COUNT
                && status(two).getShardsCount() > 1_600
                && status(one).getRing().equals(status(two).getRing()));
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void watch_theOwner_snapshotThenMovesOfChannelsOfBothServers() {
    long workspace = workspaceOf("one");
    long mine = channel(workspace, "one");
    long others = channel(workspace, "two");
    append(one, mine, 1);
    TestGateway gateway = new TestGateway(one.feeds());
    gateway.watch(workspace);
    patiently().untilAsserted(() -> assertThat(gateway.heads(workspace)).containsEntry(mine, 1L));
    for (int i = 1; i <= 20; i++) {
      append(two, others, i);
    }
    patiently()
        .untilAsserted(() -> assertThat(gateway.heads(workspace)).containsEntry(others, 20L));
    assertThat(gateway.messages(workspace))
        .as("what happens in a moment is told once")
        .hasSizeLessThan(20);
  }

  @Test
  void watch_theWrongServer_isRefused() {
    long workspace = workspaceOf("two");
    TestGateway gateway = new TestGateway(one.feeds());
    gateway.watch(workspace);
    gateway.watch(-1);
    patiently()
        .untilAsserted(
            () -> assertThat(gateway.watchRefused(workspace)).containsExactly("NOT_OWNER"));
    assertThat(gateway.watchRefused(-1)).containsExactly("OUT_OF_RANGE");
  }

  @Test
  void report_theWrongServer_isRefusedWithTheOwnersAddress() {
    long workspace = workspaceOf("two");
    var request = ReportHeadsRequest.newBuilder().setWorkspaceId(workspace).build();
    Throwable fault = catchThrowable(() -> one.heads().reportHeads(request));
    Refusal refusal = RefusalStatus.fromThrowable(fault).orElseThrow();
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NOT_OWNER);
    assertThat(refusal.getExpected()).isEqualTo("127.0.0.1:" + two.port());
  }

  @Test
  void ownerOfTheWorkspaceDies_theNextOneKnowsWhatWasSaidAndWhatTheStoreHas() {
    long workspace = workspaceOf("one");
    long mine = channel(workspace, "one");
    long others = channel(workspace, "two");
    append(one, mine, 1);
    append(two, others, 1);
    TestGateway before = new TestGateway(one.feeds());
    before.watch(workspace);
    patiently().untilAsserted(() -> assertThat(before.heads(workspace)).hasSize(2));
    append(two, others, 2);
    patiently().untilAsserted(() -> assertThat(before.heads(workspace)).containsEntry(others, 2L));
    one.crash();
    patiently().until(() -> status(two).getShardsCount() == Shard.COUNT);
    TestGateway after = new TestGateway(two.feeds());
    after.watch(workspace);
    patiently()
        .untilAsserted(
            () -> assertThat(after.heads(workspace)).isEqualTo(Map.of(mine, 1L, others, 2L)));
  }

  @Test
  void memberships_areListedByPages() {
    long workspace = workspaceOf("one");
    List<Long> ids = Stream.generate(() -> create(workspace)).limit(3).sorted().toList();
    var request =
        ListMembershipsRequest.newBuilder().setUserId(1).setWorkspaceId(workspace).setLimit(2);
    var page = two.directory().listMemberships(request.build());
    assertThat(page.getChannelIdsList()).isEqualTo(ids.subList(0, 2));
    assertThat(page.getMore()).isTrue();
    page = two.directory().listMemberships(request.setAfterChannelId(ids.get(1)).build());
    assertThat(page.getChannelIdsList()).isEqualTo(ids.subList(2, 3));
    assertThat(page.getMore()).isFalse();
  }

  private static TestServer start(String id) {
    return TestServer.start("heads", SystemTime.wall(), Map.of("server.id", id));
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** A new workspace whose feed is this server's. */
  private long workspaceOf(String server) {
    RingView view = RingCodec.toView(status(two).getRing());
    return LongStream.generate(NEXT::getAndIncrement)
        .filter(id -> owns(view, server, FeedId.workspace(id)))
        .findFirst()
        .orElseThrow();
  }

  /** A new channel of user 1's whose feed is this server's. */
  private long channel(long workspace, String server) {
    RingView view = RingCodec.toView(status(two).getRing());
    return LongStream.generate(() -> create(workspace))
        .filter(id -> owns(view, server, FeedId.channel(id)))
        .findFirst()
        .orElseThrow();
  }

  private long create(long workspace) {
    return two.directory()
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName("c" + NEXT.getAndIncrement())
                .setCreatorId(1)
                .build())
        .getChannel()
        .getChannelId();
  }

  private static boolean owns(RingView view, String server, FeedId feed) {
    return Objects.requireNonNull(view.ownerOf(Shard.of(feed))).serverId().equals(server);
  }

  private static GetStatusResponse status(TestServer server) {
    return server.operations().getStatus(GetStatusRequest.getDefaultInstance());
  }

  private static void append(TestServer server, long channel, long number) {
    var _ =
        server
            .blockingFeeds()
            .append(
                Requests.append(channel, Requests.nonce(channel, number), "text " + number)
                    .build());
  }
}
