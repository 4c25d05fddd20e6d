package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.GetReportRequest;
import chat.starling.api.internal.v1.GetReportResponse;
import chat.starling.api.internal.v1.KeepReportRequest;
import chat.starling.api.internal.v1.KeepReportResponse;
import chat.starling.api.internal.v1.ListReportsRequest;
import chat.starling.api.internal.v1.ListReportsResponse;
import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.ReportStoreServiceGrpc;
import chat.starling.channel.report.Reports;
import io.grpc.stub.StreamObserver;

/** ReportStoreService: keeps and reads reports. */
public final class ReportRpc extends ReportStoreServiceGrpc.ReportStoreServiceImplBase {

  private static final int MOST_BYTES = 20_000;
  private static final int MOST_REASON = 200;
  private static final int MOST_REPORTS = 100;

  private final Reports reports;

  /** The service of these reports. */
  public ReportRpc(Reports reports) {
    this.reports = reports;
  }

  @Override
  public void keepReport(KeepReportRequest request, StreamObserver<KeepReportResponse> call) {
    Answers.answer(
        call,
        () -> {
          String reason = request.getReporter().getReason();
          Checks.within("message", request.getMessage().size(), MOST_BYTES);
          Checks.upTo("reporter.reason", reason.codePointCount(0, reason.length()), MOST_REASON);
          return reports
              .keep(
                  Checks.id("workspace_id", request.getWorkspaceId()),
                  Checks.id("channel_id", request.getChannelId()),
                  Checks.id("message_id", request.getMessageId()),
                  request.getMessage(),
                  ReportRow.Reporter.newBuilder()
                      .setUserId(Checks.id("reporter.user_id", request.getReporter().getUserId()))
                      .setReason(reason)
                      .build())
              .thenApply(id -> KeepReportResponse.newBuilder().setReportId(id).build());
        });
  }

  @Override
  public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> call) {
    Answers.answer(
        call,
        () ->
            reports
                .report(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.id("report_id", request.getReportId()))
                .thenApply(report -> GetReportResponse.newBuilder().setReport(report).build()));
  }

  @Override
  public void listReports(ListReportsRequest request, StreamObserver<ListReportsResponse> call) {
    Answers.answer(
        call,
        () ->
            reports
                .page(
                    Checks.id("workspace_id", request.getWorkspaceId()),
                    Checks.notNegative("before_report_id", request.getBeforeReportId()),
                    Checks.within("limit", request.getLimit(), MOST_REPORTS),
                    request.getState())
                .thenApply(page ->
                    ListReportsResponse.newBuilder()
                        .addAllReports(page.reports())
                        .setNextBeforeReportId(page.next())
                        .build()));
  }
}
