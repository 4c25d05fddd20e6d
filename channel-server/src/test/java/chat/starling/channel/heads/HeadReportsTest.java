package chat.starling.channel.heads;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.heads.HeadReports.Report;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadReportsTest {

  private static final long WORKSPACE = 1;
  private static final Duration MEMORY = Duration.ofSeconds(20);

  private final HeadReports reports = new HeadReports(MEMORY, 5_000);
  private @Nullable Object owner = "a";
  private long now;

  @Test
  void due_manyMovesOfManyChannels_isOneReportWithTheHighestSeqs() {
    moved(10, 1);
    moved(11, 7);
    moved(10, 3);
    moved(10, 2);
    assertThat(due())
        .singleElement()
        .satisfies(report -> {
          assertThat(report.owner()).isEqualTo("a");
          assertThat(report.heads()).containsExactly(head(10, 3), head(11, 7));
        });
  }

  @Test
  void due_reportUnderWay_waitsForItsEnd() {
    moved(10, 1);
    Report first = due().getFirst();
    moved(10, 2);
    assertThat(due()).isEmpty();
    reports.arrived(first, now);
    assertThat(due().getFirst().heads()).containsExactly(head(10, 2));
  }

  @Test
  void due_twoWorkspaces_areTwoReports() {
    moved(10, 1);
    reports.moved(2, head(20, 5));
    assertThat(due()).extracting(Report::workspaceId).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void due_nobodyOwnsTheWorkspace_waitsForAnOwner() {
    owner = null;
    moved(10, 1);
    assertThat(due()).isEmpty();
    owner = "b";
    assertThat(due().getFirst().owner()).isEqualTo("b");
  }

  @Test
  void failed_isMadeAgainAfterAPauseThatGrows() {
    moved(10, 5);
    reports.failed(due().getFirst(), now);
    moved(10, 4);
    assertThat(due()).isEmpty();
    after(Duration.ofMillis(250));
    Report second = due().getFirst();
    assertThat(second.heads()).containsExactly(head(10, 5));
    reports.failed(second, now);
    after(Duration.ofMillis(250));
    assertThat(due()).isEmpty();
    after(Duration.ofMillis(250));
    assertThat(due()).hasSize(1);
  }

  @Test
  void due_anotherOwner_isToldAgainWhatTheStoreMayNotHave() {
    moved(10, 1);
    reports.arrived(due().getFirst(), now);
    after(MEMORY.minusSeconds(1));
    moved(11, 1);
    reports.arrived(due().getFirst(), now);
    after(Duration.ofSeconds(2));
    owner = "b";
    assertThat(due().getFirst().heads()).containsExactly(head(11, 1));
  }

  @Test
  void due_sameOwner_isToldNothingTwice() {
    moved(10, 1);
    reports.arrived(due().getFirst(), now);
    assertThat(due()).isEmpty();
    after(MEMORY);
    assertThat(due()).isEmpty();
    assertThat(reports.size()).as("nothing is remembered for ever").isZero();
  }

  @Test
  void due_moreThanOneReportHolds_theRestFollows() {
    IntStream.rangeClosed(1, 6_000).forEach(channel -> moved(channel, 1));
    Report first = due().getFirst();
    assertThat(first.heads()).hasSize(HeadReports.MOST_IN_ONE);
    reports.arrived(first, now);
    assertThat(due().getFirst().heads())
        .as("what came beyond the bound is left out")
        .hasSize(5_000 - HeadReports.MOST_IN_ONE);
  }

  private void moved(long channel, long seq) {
    reports.moved(WORKSPACE, head(channel, seq));
  }

  private List<Report> due() {
    return reports.due(now, workspace -> owner);
  }

  private void after(Duration time) {
    now += time.toNanos();
  }

  private static ChannelHead head(long channel, long seq) {
    return new ChannelHead(channel, seq);
  }
}
