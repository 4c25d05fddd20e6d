package chat.starling.channel;

import static chat.starling.channel.TwoServers.append;
import static chat.starling.channel.TwoServers.patiently;
import static chat.starling.channel.TwoServers.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two channel servers on one store: who owns what. */
class OwnershipIT {

  private static TwoServers servers;

  @BeforeAll
  static void start() {
    servers = new TwoServers("ownership");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void shards_ofTwoServers_areDividedByTheOneViewBothKnow() {
    GetStatusResponse first = status(servers.one);
    GetStatusResponse second = status(servers.two);
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
    long channel = servers.channelOf("two");
    Throwable fault = catchThrowable(() -> append(servers.one, channel, 1));
    Refusal refusal = RefusalStatus.fromThrowable(fault).orElseThrow();
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NOT_OWNER);
    assertThat(refusal.getExpected()).isEqualTo("127.0.0.1:" + servers.two.port());
    assertThat(append(servers.two, channel, 1, false).getSeq()).isEqualTo(1);
  }

  @Test
  void subscription_toTheWrongServer_isRefused() {
    long channel = servers.channelOf("two");
    TestGateway gateway = new TestGateway(servers.one.feeds());
    gateway.add(channel);
    patiently().untilAsserted(() -> assertThat(gateway.refused(channel)).contains("NOT_OWNER"));
  }
}
