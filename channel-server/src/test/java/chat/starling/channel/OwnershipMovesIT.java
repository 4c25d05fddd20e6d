package chat.starling.channel;

import static chat.starling.channel.TwoServers.append;
import static chat.starling.channel.TwoServers.patiently;
import static chat.starling.channel.TwoServers.status;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Shard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two channel servers on one store: what becomes of all that one owned when it goes. */
class OwnershipMovesIT {

  private TwoServers servers;

  @BeforeEach
  void start() {
    servers = new TwoServers("ownership_moves");
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void server_leaving_handsItsFeedsOverWithoutAGap() {
    long channel = servers.channelOf("one");
    TestGateway gateway = new TestGateway(servers.one.feeds());
    gateway.add(channel);
    patiently().until(() -> !gateway.added(channel).isEmpty());
    AppendResponse before = append(servers.one, channel, 1, false);
    servers.one.close();
    patiently().until(() -> gateway.fault() != null);
    patiently().until(() -> status(servers.two).getShardsCount() == Shard.COUNT);
    AppendResponse after = append(servers.two, channel, 2, false);
    assertThat(after.getSeq()).isEqualTo(before.getSeq() + 1);
    assertThat(after.getMessageId()).isGreaterThan(before.getMessageId());
  }

  @Test
  void server_dying_isFencedAndItsFeedsGoOnElsewhere() {
    long channel = servers.channelOf("one");
    AppendResponse acked = append(servers.one, channel, 1, false);
    servers.one.crash();
    patiently().until(() -> status(servers.two).getShardsCount() == Shard.COUNT);
    AppendResponse again = append(servers.two, channel, 1, true);
    assertThat(again).isEqualTo(acked.toBuilder().setDuplicate(true).build());
    assertThat(append(servers.two, channel, 2, false).getSeq()).isEqualTo(2);
    Shard shard = Shard.of(FeedId.channel(channel));
    assertThat(
            status(servers.two).getShardsList().stream()
                .filter(owned -> owned.getShard() == shard.index())
                .findFirst()
                .orElseThrow()
                .getEpoch())
        .isGreaterThan(1);
  }
}
