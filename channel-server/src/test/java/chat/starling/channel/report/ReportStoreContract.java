package chat.starling.channel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.v1.Message;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What reports promise, on every store. */
public abstract class ReportStoreContract {

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final long channel = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private long now = Snowflake.EPOCH_MILLIS + 400 * DAY;
  private int made;

  /** The store to test; rows of other workspaces may be in it. */
  protected abstract ReportStore store();

  /** Brings to the rows that this was settled. */
  protected abstract void settle(long workspaceId, long reportId, ReportState state, long by);

  private Reports reports() {
    return new Reports(store(), () -> Snowflake.first(now) + ++made);
  }

  @Test
  void message_reportedAgainAndByOthers_isOneReport() {
    Reports reports = reports();
    long id = keep(reports, 1, 7, "rude");
    assertThat(keep(reports, 1, 7, "very rude")).isEqualTo(id);
    assertThat(keep(reports, 1, 8, "")).isEqualTo(id);
    ReportRow report = answer(reports.report(workspace, id));
    assertThat(report.getState()).isEqualTo(ReportState.REPORT_STATE_OPEN);
    assertThat(text(report)).isEqualTo("text of 1");
    assertThat(report.getReportersList())
        .containsExactlyInAnyOrder(reporter(7, "rude"), reporter(8, ""));
  }

  @Test
  void message_reportedByVeryMany_namesTheFirstOnly() {
    Reports reports = reports();
    long id = 0;
    for (int user = 1; user <= Reports.MOST_REPORTERS + 5; user++) {
      id = keep(reports, 1, user, "me too");
    }
    assertThat(answer(reports.report(workspace, id)).getReportersList())
        .extracting(ReportRow.Reporter::getUserId)
        .hasSize(Reports.MOST_REPORTERS)
        .doesNotContain(Reports.MOST_REPORTERS + 1L);
  }

  @Test
  void pages_ofSeveralDays_areNewestFirst_andSettledOnesMayBeLeftOut() {
    Reports reports = reports();
    List<Long> ids = new ArrayList<>();
    for (int message = 1; message <= 7; message++) {
      ids.addFirst(keep(reports, message, 7, ""));
      now += message % 3 == 0 ? 2 * DAY : 1;
    }
    settle(workspace, ids.get(2), ReportState.REPORT_STATE_DISMISSED, 9);
    assertThat(walk(reports, ReportState.REPORT_STATE_UNSPECIFIED, 3)).isEqualTo(ids);
    assertThat(walk(reports, ReportState.REPORT_STATE_UNSPECIFIED, 7)).isEqualTo(ids);
    assertThat(walk(reports, ReportState.REPORT_STATE_DISMISSED, 2)).containsExactly(ids.get(2));
    assertThat(walk(reports, ReportState.REPORT_STATE_OPEN, 2))
        .hasSize(6)
        .doesNotContain(ids.get(2));
  }

  @Test
  void report_settled_hasNoText_andIsSettledWhoeverReportsAgain() {
    Reports reports = reports();
    long id = keep(reports, 1, 7, "rude");
    settle(workspace, id, ReportState.REPORT_STATE_UPHELD, 9);
    assertThat(keep(reports, 1, 8, "rude")).isEqualTo(id);
    ReportRow report = answer(reports.report(workspace, id));
    assertThat(report.getState()).isEqualTo(ReportState.REPORT_STATE_UPHELD);
    assertThat(report.getSettledBy()).isEqualTo(9);
    assertThat(text(report)).isEmpty();
    assertThat(report.getReportersCount()).isEqualTo(2);
  }

  @Test
  void report_thatIsNotThere_isRefused_andNotMadeBySettling() {
    Reports reports = reports();
    settle(workspace, 77, ReportState.REPORT_STATE_UPHELD, 9);
    assertThatThrownBy(() -> answer(reports.report(workspace, 77)))
        .hasRootCauseInstanceOf(RefusedException.class);
    assertThat(walk(reports, ReportState.REPORT_STATE_UNSPECIFIED, 10)).isEmpty();
  }

  private long keep(Reports reports, long message, long user, String reason) {
    return answer(
        reports.keep(
            workspace,
            channel,
            message,
            Message.newBuilder().setText("text of " + message).build().toByteString(),
            reporter(user, reason)));
  }

  private List<Long> walk(Reports reports, ReportState state, int size) {
    List<Long> ids = new ArrayList<>();
    long before = 0;
    do {
      ReportPage page = answer(reports.page(workspace, before, size, state));
      page.reports().forEach(report -> ids.add(report.getReportId()));
      before = page.next();
    } while (before != 0);
    return ids;
  }

  private static ReportRow.Reporter reporter(long user, String reason) {
    return ReportRow.Reporter.newBuilder().setUserId(user).setReason(reason).build();
  }

  private static String text(ReportRow report) {
    ByteString message = report.getMessage();
    try {
      return Message.parseFrom(message).getText();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T answer(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
