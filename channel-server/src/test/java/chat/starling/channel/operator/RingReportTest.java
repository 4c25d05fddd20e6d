package chat.starling.channel.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingReportTest {

  private static final RingView RING = Statuses.ring(7, "a:1", "b:1", "c:1");
  private static final Answer A = Statuses.told("a:1", Statuses.well("chan-1", RING));
  private static final Answer B = Statuses.told("b:1", Statuses.well("chan-2", RING));
  private static final Answer C = Statuses.told("c:1", Statuses.well("chan-3", RING));

  @Test
  void report_allWell_hasNoProblem() {
    RingReport report = RingReport.of(List.of(B, A, C));
    assertThat(report.problems()).isEmpty();
    assertThat(report.servers())
        .extracting(ServerLine::id)
        .containsExactly("chan-1", "chan-2", "chan-3");
    assertThat(report.servers())
        .allSatisfy(server -> {
          assertThat(server.shardsOfView()).isEqualTo(requireStatus(server).getShardsCount());
          assertThat(server.state()).isEqualTo(ServerLine.State.ACTIVE);
        });
    assertThat(report.rings()).containsOnlyKeys(7L);
  }

  @Test
  void member_silent_isAProblemAndItsShardsAreUnknownNotNobodys() {
    RingReport report =
        RingReport.of(List.of(A, B, new Answer.Silent("c:1", "it cannot be reached")));
    ServerLine silent = report.servers().getLast();
    assertThat(silent.why()).isEqualTo("it cannot be reached");
    assertThat(report.claims().ofNobody()).isEmpty();
    assertThat(report.claims().unknown()).hasSize(silent.shardsOfView());
    assertThat(report.problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "chan-3 at c:1 does not answer: it cannot be reached; the ring gives it %d shards"
                .formatted(silent.shardsOfView()));
  }

  @Test
  void member_whoseAddressAnotherIncarnationAnswers_isSilentAndTheOtherNoMember() {
    GetStatusResponse newer =
        Statuses.with(Statuses.well("chan-3", RING), s -> s.setIncarnation(2).clearShards());
    RingReport report = RingReport.of(List.of(A, B, Statuses.told("c:1", newer)));
    assertThat(report.servers()).hasSize(4);
    assertThat(report.servers().get(2).why())
        .isEqualTo("chan-3 in incarnation 2 answers at its address");
    assertThat(report.servers().get(3).state()).isEqualTo(ServerLine.State.NOT_A_MEMBER);
  }

  @Test
  void shard_ofNobody_isAProblem() {
    int shard = shardOf("chan-1");
    GetStatusResponse without =
        Statuses.with(Statuses.well("chan-1", RING), status -> status.removeShards(0));
    RingReport report = RingReport.of(List.of(Statuses.told("a:1", without), B, C));
    assertThat(report.claims().ofNobody()).containsExactly(shard);
    assertThat(report.problems()).containsExactly("1 shards have no owner: " + shard);
  }

  @Test
  void shard_ofTwoServers_isAProblem() {
    int shard = shardOf("chan-1");
    RingReport report = RingReport.of(List.of(A, Statuses.told("b:1", alsoHaving(shard)), C));
    assertThat(report.claims().of(shard))
        .containsExactly(new ShardClaims.Claim("chan-1", 1), new ShardClaims.Claim("chan-2", 5));
    assertThat(report.problems())
        .containsExactly("1 shards are claimed by more than one server: " + shard);
  }

  @Test
  void shard_notYetWithItsServer_isMovingAndNoProblem() {
    int shard = shardOf("chan-1");
    GetStatusResponse without =
        Statuses.with(Statuses.well("chan-1", RING), status -> status.removeShards(0));
    RingReport report =
        RingReport.of(
            List.of(Statuses.told("a:1", without), Statuses.told("b:1", alsoHaving(shard)), C));
    assertThat(report.claims().moving()).containsExactly(shard);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void rings_ofDifferentVersions_areAProblemAndTheNewestCounts() {
    RingView older = Statuses.ring(6, "a:1", "b:1");
    GetStatusResponse behind =
        Statuses.with(
            Statuses.well("chan-1", RING), status -> status.setRing(RingCodec.toMessage(older)));
    RingReport report = RingReport.of(List.of(Statuses.told("a:1", behind), B, C));
    assertThat(report.view()).isEqualTo(RING);
    assertThat(report.problems())
        .containsExactly(
            "the servers know different rings: version 7 at chan-2, chan-3; version 6 at chan-1");
  }

  @Test
  void rings_differentUnderOneVersion_areAProblem() {
    RingView other = Statuses.ring(7, "a:1", "b:1");
    GetStatusResponse strange =
        Statuses.with(
            Statuses.well("chan-1", RING), status -> status.setRing(RingCodec.toMessage(other)));
    RingReport report = RingReport.of(List.of(B, Statuses.told("a:1", strange), C));
    assertThat(report.problems())
        .contains("there are two different rings of one version, which must never be");
  }

  @Test
  void server_withShardsAndNoLease_isAProblem() {
    GetStatusResponse expired =
        Statuses.with(
            Statuses.well("chan-1", RING), s -> s.setLeaseValid(false).clearLeaseRemaining());
    RingReport report = RingReport.of(List.of(Statuses.told("a:1", expired), B, C));
    assertThat(report.problems())
        .singleElement()
        .asString()
        .endsWith("shards and no valid lease, so that it serves none of them")
        .startsWith("chan-1 has ");
  }

  @Test
  void member_draining_hasNoShardsOfTheRing() {
    RingView draining = RING.with(RING.member("chan-1").orElseThrow().draining());
    assertThat(draining.member("chan-1").orElseThrow().state()).isEqualTo(MemberState.DRAINING);
    RingReport report =
        RingReport.of(
            List.of(
                Statuses.told("a:1", Statuses.well("chan-1", draining)),
                Statuses.told("b:1", Statuses.well("chan-2", draining)),
                Statuses.told("c:1", Statuses.well("chan-3", draining))));
    assertThat(report.servers().getFirst().state()).isEqualTo(ServerLine.State.DRAINING);
    assertThat(report.servers().getFirst().shardsOfView()).isZero();
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void ring_ofNobody_leavesEveryShardWithoutAnOwner() {
    GetStatusResponse alone =
        GetStatusResponse.newBuilder()
            .setServerId("chan-1")
            .setRing(RingCodec.toMessage(RingView.EMPTY))
            .build();
    RingReport report = RingReport.of(List.of(Statuses.told("a:1", alone)));
    assertThat(report.problems()).containsExactly("4096 shards have no owner: 0-4095");
    assertThat(report.servers().getFirst().state()).isEqualTo(ServerLine.State.NOT_A_MEMBER);
  }

  @Test
  void lags_ofAllServers_areTheTenWorst() {
    GetStatusResponse lagging =
        Statuses.with(
            Statuses.well("chan-1", RING),
            status -> {
              IntStream.rangeClosed(1, 10).forEach(i -> status.addWorst(Statuses.lag(i, i, 0)));
              return status;
            });
    GetStatusResponse worst =
        Statuses.with(
            Statuses.well("chan-2", RING), status -> status.addWorst(Statuses.lag(77, 0, 5_000)));
    RingReport report =
        RingReport.of(List.of(Statuses.told("a:1", lagging), Statuses.told("b:1", worst), C));
    assertThat(report.lags()).hasSize(10);
    assertThat(report.lags().getFirst())
        .isEqualTo(new Lag("chan-2", "channel/77", 1_000, 0, 5_000));
    assertThat(report.lags().getLast().feed()).isEqualTo("channel/2");
  }

  private static GetStatusResponse alsoHaving(int shard) {
    return Statuses.with(
        Statuses.well("chan-2", RING),
        status -> {
          status.addShardsBuilder().setShard(shard).setEpoch(5);
          return status;
        });
  }

  /** The first shard of a server. */
  private static int shardOf(String id) {
    return IntStream.range(0, Shard.COUNT)
        .filter(shard -> requireNonNull(RING.ownerOf(new Shard(shard))).serverId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static GetStatusResponse requireStatus(ServerLine server) {
    return requireNonNull(server.status());
  }
}
