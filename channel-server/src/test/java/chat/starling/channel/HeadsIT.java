package chat.starling.channel;

import static chat.starling.channel.TwoServers.append;
import static chat.starling.channel.TwoServers.patiently;
import static chat.starling.channel.TwoServers.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ReportHeadsRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What gateways learn of workspaces whose channels two servers own, until one of them dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HeadsIT {

  private static TwoServers servers;

  @BeforeAll
  static void start() {
    servers = new TwoServers("heads");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void watch_theOwner_snapshotThenMovesOfChannelsOfBothServers() {
    long workspace = servers.workspaceOf("one");
    long mine = servers.channel(workspace, "one");
    long others = servers.channel(workspace, "two");
    append(servers.one, mine, 1);
    TestGateway gateway = new TestGateway(servers.one.feeds());
    gateway.watch(workspace);
    patiently().untilAsserted(() -> assertThat(gateway.heads(workspace)).containsEntry(mine, 1L));
    for (int i = 1; i <= 20; i++) {
      append(servers.two, others, i);
    }
    patiently()
        .untilAsserted(() -> assertThat(gateway.heads(workspace)).containsEntry(others, 20L));
    assertThat(gateway.messages(workspace))
        .as("what happens in a moment is told once")
        .hasSizeLessThan(20);
  }

  @Test
  void watch_theWrongServer_isRefused() {
    long workspace = servers.workspaceOf("two");
    TestGateway gateway = new TestGateway(servers.one.feeds());
    gateway.watch(workspace);
    gateway.watch(-1);
    patiently()
        .untilAsserted(
            () -> assertThat(gateway.watchRefused(workspace)).containsExactly("NOT_OWNER"));
    assertThat(gateway.watchRefused(-1)).containsExactly("OUT_OF_RANGE");
  }

  @Test
  void report_theWrongServer_isRefusedWithTheOwnersAddress() {
    long workspace = servers.workspaceOf("two");
    var request = ReportHeadsRequest.newBuilder().setWorkspaceId(workspace).build();
    Throwable fault = catchThrowable(() -> servers.one.heads().reportHeads(request));
    Refusal refusal = RefusalStatus.fromThrowable(fault).orElseThrow();
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NOT_OWNER);
    assertThat(refusal.getExpected()).isEqualTo("127.0.0.1:" + servers.two.port());
  }

  @Test
  void memberships_areListedByPages() {
    long workspace = servers.workspaceOf("one");
    List<Long> ids = Stream.generate(() -> servers.create(workspace)).limit(3).sorted().toList();
    var request =
        ListMembershipsRequest.newBuilder().setUserId(1).setWorkspaceId(workspace).setLimit(2);
    var page = servers.two.directory().listMemberships(request.build());
    assertThat(page.getChannelIdsList()).isEqualTo(ids.subList(0, 2));
    assertThat(page.getMore()).isTrue();
    page = servers.two.directory().listMemberships(request.setAfterChannelId(ids.get(1)).build());
    assertThat(page.getChannelIdsList()).isEqualTo(ids.subList(2, 3));
    assertThat(page.getMore()).isFalse();
  }

  /** Leaves one server behind. */
  @Test
  @Order(Integer.MAX_VALUE)
  void ownerOfTheWorkspaceDies_theNextOneKnowsWhatWasSaidAndWhatTheStoreHas() {
    long workspace = servers.workspaceOf("one");
    long mine = servers.channel(workspace, "one");
    long others = servers.channel(workspace, "two");
    append(servers.one, mine, 1);
    append(servers.two, others, 1);
    TestGateway before = new TestGateway(servers.one.feeds());
    before.watch(workspace);
    patiently().untilAsserted(() -> assertThat(before.heads(workspace)).hasSize(2));
    append(servers.two, others, 2);
    patiently().untilAsserted(() -> assertThat(before.heads(workspace)).containsEntry(others, 2L));
    servers.one.crash();
    patiently().until(() -> status(servers.two).getShardsCount() == Shard.COUNT);
    TestGateway after = new TestGateway(servers.two.feeds());
    after.watch(workspace);
    patiently()
        .untilAsserted(
            () -> assertThat(after.heads(workspace)).isEqualTo(Map.of(mine, 1L, others, 2L)));
  }
}
