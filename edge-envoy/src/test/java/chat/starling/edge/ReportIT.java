package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListReportsRequest;
import chat.starling.api.v1.ListReportsResponse;
import chat.starling.api.v1.ModerationServiceGrpc;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportMessageRequest;
import chat.starling.api.v1.ReportServiceGrpc;
import chat.starling.api.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import chat.starling.api.v1.ReportState;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SettleReportRequest;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A message is reported by those who see it, and settled by who may, on real servers. */
class ReportIT {

  private static final RunningStack STACK = RunningStack.shared();

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final Channel ada = STACK.channel(STACK.tokens().founder("ada", workspace));
  private final ReportServiceBlockingStub handler = ReportServiceGrpc.newBlockingStub(ada);

  @Test
  void message_reportedByTwo_isOneReport_untilItIsSettled() {
    long channel = founded();
    enter("ben", channel);
    enter("cleo", channel);
    long rude = post(channel, "rude");
    long fine = post(channel, "fine");

    report("ben", channel, rude, "it hurts");
    report("ben", channel, rude, "said twice");
    report("cleo", channel, rude, "");
    report("ben", channel, fine, "just so");
    assertThat(code(() -> report("ben", channel, 77, ""))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> report("dan", channel, rude, "")))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(code(() -> report("ben", channel, rude, "x".repeat(201))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(code(() -> as("ben").listReports(page("", 10).build())))
        .isEqualTo(Status.Code.PERMISSION_DENIED);

    ListReportsResponse first = handler.listReports(page("", 1).build());
    ListReportsResponse second = handler.listReports(page(first.getNextPageToken(), 1).build());
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(first.getReports(0).getMessage().getMessageId()).isEqualTo(fine);
    Report open = second.getReports(0);
    assertThat(open.getMessage().getText()).isEqualTo("rude");
    assertThat(open.getState()).isEqualTo(ReportState.REPORT_STATE_OPEN);
    assertThat(open.getReportersList())
        .extracting(Report.Reporter::getUserId, Report.Reporter::getReason)
        .containsExactlyInAnyOrder(
            tuple(TokenIssuer.userId("ben"), "it hurts"), tuple(TokenIssuer.userId("cleo"), ""));

    delete(channel, rude);
    assertThat(code(() -> report("cleo", channel, rude, ""))).isEqualTo(Status.Code.NOT_FOUND);
    SettleReportRequest settle = settle(open.getReportId(), ReportState.REPORT_STATE_UPHELD);
    assertThat(code(() -> as("ben").settleReport(settle))).isEqualTo(Status.Code.PERMISSION_DENIED);
    Report settled = handler.settleReport(settle).getReport();
    assertThat(settled.getState()).isEqualTo(ReportState.REPORT_STATE_UPHELD);
    assertThat(settled.getSettledBy()).isEqualTo(TokenIssuer.userId("ada"));
    assertThat(settled.getMessage().getText()).isEmpty();
    assertThat(settled.getReportersCount()).isEqualTo(2);
    assertThat(code(() -> handler.settleReport(settle(77, ReportState.REPORT_STATE_UPHELD))))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> handler.settleReport(settle(77, ReportState.REPORT_STATE_OPEN))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(
            handler
                .listReports(page("", 10).setState(ReportState.REPORT_STATE_OPEN).build())
                .getReportsList())
        .extracting(report -> report.getMessage().getMessageId())
        .containsExactly(fine);
    AuditEntry entry = log().getFirst();
    assertThat(entry.getAction()).isEqualTo(AuditAction.AUDIT_ACTION_SETTLE_REPORT);
    assertThat(entry.getDetailsMap())
        .containsEntry("report_id", Long.toString(open.getReportId()))
        .containsEntry("state", "REPORT_STATE_UPHELD");
  }

  private long founded() {
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(ada)
            .foundWorkspace(
                FoundWorkspaceRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("Birds")
                    .build());
    return ChannelServiceGrpc.newBlockingStub(ada)
        .createChannel(
            CreateChannelRequest.newBuilder().setWorkspaceId(workspace).setName("nests").build())
        .getChannel()
        .getChannelId();
  }

  private void enter(String user, long channel) {
    Channel as = STACK.channel(STACK.tokens().of(user, workspace));
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(as)
            .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    var _ =
        ChannelServiceGrpc.newBlockingStub(as)
            .joinChannel(JoinChannelRequest.newBuilder().setChannelId(channel).build());
  }

  private long post(long channel, String text) {
    RawSession session =
        RawSession.ready(ada, STACK.tokens().founder("ada", workspace))
            .send(
                ClientFrame.newBuilder()
                    .setRef(7)
                    .setSend(
                        Send.newBuilder()
                            .setChannelId(channel)
                            .setText(text)
                            .setNonce(Probe.nonce()))
                    .build());
    ServerFrame frame = session.next();
    while (!frame.hasSent()) {
      frame = session.next();
    }
    session.halfClose();
    return frame.getSent().getMessageId();
  }

  private void delete(long channel, long message) {
    var _ =
        ModerationServiceGrpc.newBlockingStub(ada)
            .deleteMessage(
                DeleteMessageRequest.newBuilder()
                    .setChannelId(channel)
                    .setMessageId(message)
                    .build());
  }

  private void report(String user, long channel, long message, String reason) {
    var _ =
        as(user)
            .reportMessage(
                ReportMessageRequest.newBuilder()
                    .setChannelId(channel)
                    .setMessageId(message)
                    .setReason(reason)
                    .build());
  }

  private ReportServiceBlockingStub as(String user) {
    return ReportServiceGrpc.newBlockingStub(STACK.channel(STACK.tokens().of(user, workspace)));
  }

  private ListReportsRequest.Builder page(String token, int size) {
    return ListReportsRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setPageToken(token)
        .setPageSize(size);
  }

  private SettleReportRequest settle(long report, ReportState state) {
    return SettleReportRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setReportId(report)
        .setState(state)
        .build();
  }

  private List<AuditEntry> log() {
    return AuditServiceGrpc.newBlockingStub(ada)
        .listAuditLog(ListAuditLogRequest.newBuilder().setWorkspaceId(workspace).build())
        .getEntriesList();
  }

  private static Status.Code code(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }
}
