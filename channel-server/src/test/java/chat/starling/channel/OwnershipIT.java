package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import chat.starling.platform.time.SystemTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two channel servers on one store: who owns what, and what becomes of it when one goes. */
class OwnershipIT {

  private static final long FIRST_CHANNEL = 1_000;

  /** Each test takes channels of its own. */
  private static final AtomicInteger CHANNELS = new AtomicInteger();

  private final TestServer one = start("one");
  private final TestServer two = start("two");

  @BeforeEach
  void bothHaveTheirShare() {
    patiently().until(() -> hasItsShare(one, "one") && hasItsShare(two, "two"));
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void shards_ofTwoServers_areDividedByTheOneViewBothKnow() {
    GetStatusResponse first = status(one);
    GetStatusResponse second = status(two);
    assertThat(first.getRing()).isEqualTo(second.getRing());
    assertThat(first.getShardsCount() + second.getShardsCount()).isEqualTo(Shard.COUNT);
    assertThat(first.getShardsCount()).isBetween(1_600, 2_500);
    assertThat(first.getLeaseValid() && second.getLeaseValid()).isTrue();
    assertThat(RingCodec.toView(first.getRing()).members())
        .extracting(Member::worker)
        .doesNotHaveDuplicates();
  }

  @Test
  void append_toTheWrongServer_isRefusedWithTheOwnersAddress() {
    long channel = channelOf("two");
    Throwable fault = catchThrowable(() -> append(one, channel, 1, false));
    Refusal refusal = RefusalStatus.fromThrowable(fault).orElseThrow();
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NOT_OWNER);
    assertThat(refusal.getExpected()).isEqualTo("127.0.0.1:" + two.port());
    assertThat(append(two, channel, 1, false).getSeq()).isEqualTo(1);
  }

  @Test
  void subscription_toTheWrongServer_isRefused() {
    long channel = channelOf("two");
    TestGateway gateway = new TestGateway(one.feeds());
    gateway.add(channel);
    patiently().untilAsserted(() -> assertThat(gateway.refused(channel)).contains("NOT_OWNER"));
  }

  @Test
  void server_leaving_handsItsFeedsOverWithoutAGap() {
    long channel = channelOf("one");
    TestGateway gateway = new TestGateway(one.feeds());
    gateway.add(channel);
    patiently().until(() -> !gateway.added(channel).isEmpty());
    AppendResponse before = append(one, channel, 1, false);
    one.close();
    patiently().until(() -> gateway.fault() != null);
    patiently().until(() -> hasItsShare(two, "two"));
    AppendResponse after = append(two, channel, 2, false);
    assertThat(after.getSeq()).isEqualTo(before.getSeq() + 1);
    assertThat(after.getMessageId()).isGreaterThan(before.getMessageId());
    assertThat(status(two).getShardsCount()).isEqualTo(Shard.COUNT);
  }

  @Test
  void server_dying_isFencedAndItsFeedsGoOnElsewhere() {
    long channel = channelOf("one");
    AppendResponse acked = append(one, channel, 1, false);
    one.crash();
    patiently().until(() -> status(two).getShardsCount() == Shard.COUNT);
    AppendResponse again = append(two, channel, 1, true);
    assertThat(again).isEqualTo(acked.toBuilder().setDuplicate(true).build());
    assertThat(append(two, channel, 2, false).getSeq()).isEqualTo(2);
    assertThat(
            status(two).getShardsList().stream()
                .filter(owned -> owned.getShard() == shard(channel).index())
                .findFirst()
                .orElseThrow()
                .getEpoch())
        .isGreaterThan(1);
  }

  private static TestServer start(String id) {
    return TestServer.start("ownership", SystemTime.wall(), Map.of("server.id", id));
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private static boolean hasItsShare(TestServer server, String id) {
    GetStatusResponse status = status(server);
    RingView view = RingCodec.toView(status.getRing());
    long share =
        LongStream.range(0, Shard.COUNT)
            .filter(shard -> id.equals(ownerOf(view, new Shard((int) shard))))
            .count();
    return share == status.getShardsCount();
  }

  private long channelOf(String id) {
    RingView view = RingCodec.toView(status(two).getRing());
    return LongStream.iterate(FIRST_CHANNEL, channel -> channel + 1)
        .filter(channel -> id.equals(ownerOf(view, shard(channel))))
        .skip(CHANNELS.getAndIncrement())
        .findFirst()
        .orElseThrow();
  }

  private static Shard shard(long channel) {
    return Shard.of(FeedId.channel(channel));
  }

  private static String ownerOf(RingView view, Shard shard) {
    return Objects.requireNonNull(view.ownerOf(shard)).serverId();
  }

  private static GetStatusResponse status(TestServer server) {
    return server.operations().getStatus(GetStatusRequest.getDefaultInstance());
  }

  private static AppendResponse append(
      TestServer server, long channel, long number, boolean retry) {
    return server
        .blockingFeeds()
        .append(
            Requests.append(channel, Requests.nonce(channel, number), "text " + number)
                .setRetry(retry)
                .build());
  }
}
