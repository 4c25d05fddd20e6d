package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.ListReportsRequest;
import chat.starling.api.v1.ListReportsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportMessageRequest;
import chat.starling.api.v1.ReportMessageResponse;
import chat.starling.api.v1.ReportServiceGrpc.ReportServiceImplBase;
import chat.starling.api.v1.ReportState;
import chat.starling.api.v1.SettleReportRequest;
import chat.starling.api.v1.SettleReportResponse;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.PageCursor;
import chat.starling.gateway.administration.Reports;
import chat.starling.gateway.administration.SeenWorkspace;
import chat.starling.gateway.limits.ReportRates;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Takes reports of messages from those who see them, and shows them to those who handle them. */
final class ReportRpc extends ReportServiceImplBase {

  private static final int DEFAULT_PAGE = 50;
  private static final int MOST_REPORTS = 100;
  private static final int MOST_REASON = 200;

  private final Caller caller;
  private final Permits permits;
  private final ReportRates rates;
  private final Reports reports;
  private final Acts acts;
  private final Insiders insiders;

  ReportRpc(
      Caller caller,
      Permits permits,
      ReportRates rates,
      Reports reports,
      Acts acts,
      Insiders insiders) {
    this.caller = caller;
    this.permits = permits;
    this.rates = rates;
    this.reports = reports;
    this.acts = acts;
    this.insiders = insiders;
  }

  @Override
  public void reportMessage(
      ReportMessageRequest request, StreamObserver<ReportMessageResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long channel = Requests.id("channel_id", request.getChannelId());
          long message = Requests.id("message_id", request.getMessageId());
          String reason = reason(request.getReason());
          return permits
              .check(who, channel, Permission.VIEW_CHANNEL)
              .thenCompose(permit -> {
                Requests.require(rates.count(who.userId()));
                return reports.keep(who.userId(), permit.workspaceId(), channel, message, reason);
              })
              .thenApply(kept -> ReportMessageResponse.getDefaultInstance());
        });
  }

  @Override
  public void listReports(ListReportsRequest request, StreamObserver<ListReportsResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          PageCursor cursor = new PageCursor("ListReports", workspace);
          int size =
              request.hasPageSize()
                  ? within("page_size", request.getPageSize(), MOST_REPORTS)
                  : DEFAULT_PAGE;
          long before = cursor.read(request.getPageToken());
          ReportState state = known(request.getState());
          return handler(who, workspace)
              .thenCompose(yes -> reports.page(workspace, size, before, state))
              .thenApply(page ->
                  ListReportsResponse.newBuilder()
                      .addAllReports(page.getReportsList().stream().map(Reports::shown).toList())
                      .setNextPageToken(cursor.write(page.getNextBeforeReportId()))
                      .build());
        });
  }

  @Override
  public void settleReport(
      SettleReportRequest request, StreamObserver<SettleReportResponse> answer) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          long report = Requests.id("report_id", request.getReportId());
          Act.Builder act = Act.newBuilder();
          act.getSettleReportBuilder()
              .setReportId(report)
              .setStateValue(settled(request.getState()).getNumber());
          return handler(who, workspace)
              .thenCompose(yes -> reports.report(workspace, report))
              .thenCompose(there ->
                  acts.run(who, workspace, act, terms, done -> reports.report(workspace, report)))
              .thenApply(ReportRpc::response);
        });
  }

  private CompletableFuture<SeenWorkspace> handler(Identity who, long workspaceId) {
    return insiders
        .workspace(who, workspaceId)
        .thenApply(seen -> seen.require(Permission.HANDLE_REPORTS));
  }

  private static SettleReportResponse response(Report report) {
    return SettleReportResponse.newBuilder().setReport(report).build();
  }

  private static ReportState known(ReportState state) {
    if (state == ReportState.UNRECOGNIZED) {
      throw outOfRange(state, "a state that this server knows");
    }
    return state;
  }

  private static ReportState settled(ReportState state) {
    return switch (state) {
      case REPORT_STATE_UPHELD, REPORT_STATE_DISMISSED -> state;
      case REPORT_STATE_UNSPECIFIED, REPORT_STATE_OPEN, UNRECOGNIZED ->
          throw outOfRange(state, "REPORT_STATE_UPHELD, REPORT_STATE_DISMISSED");
    };
  }

  private static RefusedException outOfRange(ReportState state, String expected) {
    return Refuse.because(Reason.REASON_OUT_OF_RANGE)
        .field("state")
        .value(state.name())
        .expected(expected)
        .toException();
  }

  private static String reason(String reason) {
    int length = reason.codePointCount(0, reason.length());
    if (length > MOST_REASON) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("reason")
          .value(length + " code points")
          .expected("0.." + MOST_REASON + " code points")
          .toException();
    }
    return reason;
  }

  private static int within(String field, int number, int most) {
    Requests.within(field, number, most, "");
    return number;
  }
}
