package chat.starling.channel.store;

import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.report.ReportStore;
import chat.starling.channel.report.ReportStoreContract;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;

class CqlReportsIT extends ReportStoreContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final ReportStore store = new CqlReports(TABLES.tables());

  @Override
  protected ReportStore store() {
    return store;
  }

  @Override
  protected void settle(long workspaceId, long reportId, ReportState state, long by) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder().setWorkspaceId(workspaceId).setSeq(1).setEventId(1);
    event
        .addChangesBuilder()
        .getReportBuilder()
        .setReportId(reportId)
        .setState(state)
        .setSettledBy(by);
    new CqlWorkspaces(TABLES.tables())
        .apply(List.of(event.build()))
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }
}
