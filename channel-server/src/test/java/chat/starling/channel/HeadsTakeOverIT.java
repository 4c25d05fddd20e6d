package chat.starling.channel;

import static chat.starling.channel.TwoServers.append;
import static chat.starling.channel.TwoServers.patiently;
import static chat.starling.channel.TwoServers.status;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.Shard;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The heads of a workspace whose owner goes. */
class HeadsTakeOverIT {

  @Test
  void ownerOfTheWorkspaceDies_theNextOneKnowsWhatWasSaidAndWhatTheStoreHas() {
    try (TwoServers servers = new TwoServers("heads_take_over")) {
      long workspace = servers.workspaceOf("one");
      long mine = servers.channel(workspace, "one");
      long others = servers.channel(workspace, "two");
      append(servers.one, mine, 1);
      append(servers.two, others, 1);
      TestGateway before = new TestGateway(servers.one.feeds());
      before.watch(workspace);
      patiently().untilAsserted(() -> assertThat(before.heads(workspace)).hasSize(2));
      append(servers.two, others, 2);
      patiently()
          .untilAsserted(() -> assertThat(before.heads(workspace)).containsEntry(others, 2L));
      servers.one.crash();
      patiently().until(() -> status(servers.two).getShardsCount() == Shard.COUNT);
      TestGateway after = new TestGateway(servers.two.feeds());
      after.watch(workspace);
      patiently()
          .untilAsserted(
              () -> assertThat(after.heads(workspace)).isEqualTo(Map.of(mine, 1L, others, 2L)));
    }
  }
}
