package chat.starling.client.testing;

import chat.starling.api.v1.ListReportsRequest;
import chat.starling.api.v1.ListReportsResponse;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportMessageRequest;
import chat.starling.api.v1.ReportMessageResponse;
import chat.starling.api.v1.ReportServiceGrpc.ReportServiceImplBase;
import chat.starling.api.v1.ReportState;
import chat.starling.api.v1.SettleReportRequest;
import chat.starling.api.v1.SettleReportResponse;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reports of a {@link MemoryServer}, one for each that is made, numbered from 501. */
final class MemoryReportCalls extends ReportServiceImplBase {
  private final Map<Long, Report> reports = new LinkedHashMap<>();

  @Override
  public synchronized void reportMessage(
      ReportMessageRequest request, StreamObserver<ReportMessageResponse> out) {
    long id = 501L + reports.size();
    reports.put(
        id,
        Report.newBuilder()
            .setReportId(id)
            .setState(ReportState.REPORT_STATE_OPEN)
            .setMessage(
                Message.newBuilder()
                    .setChannelId(request.getChannelId())
                    .setMessageId(request.getMessageId())
                    .setText("rude"))
            .addReporters(Report.Reporter.newBuilder().setUserId(7).setReason(request.getReason()))
            .build());
    MemoryMemberCalls.answer(out, ReportMessageResponse.getDefaultInstance());
  }

  @Override
  public synchronized void listReports(
      ListReportsRequest request, StreamObserver<ListReportsResponse> out) {
    MemoryMemberCalls.answer(
        out,
        ListReportsResponse.newBuilder()
            .addAllReports(
                reports.values().stream()
                    .filter(report ->
                        request.getState() == ReportState.REPORT_STATE_UNSPECIFIED
                            || report.getState() == request.getState())
                    .collect(Collectors.toList()))
            .build());
  }

  @Override
  public synchronized void settleReport(
      SettleReportRequest request, StreamObserver<SettleReportResponse> out) {
    Report settled =
        Objects.requireNonNull(reports.get(request.getReportId())).toBuilder()
            .setState(request.getState())
            .setSettledBy(7)
            .build();
    reports.put(settled.getReportId(), settled);
    MemoryMemberCalls.answer(out, SettleReportResponse.newBuilder().setReport(settled).build());
  }
}
