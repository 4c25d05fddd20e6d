package chat.starling.client;

import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.DeleteMessageResponse;
import chat.starling.api.v1.ListReportsRequest;
import chat.starling.api.v1.ListReportsResponse;
import chat.starling.api.v1.ModerationServiceGrpc;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportMessageRequest;
import chat.starling.api.v1.ReportMessageResponse;
import chat.starling.api.v1.ReportServiceGrpc;
import chat.starling.api.v1.ReportState;
import chat.starling.api.v1.SettleReportRequest;
import chat.starling.api.v1.SettleReportResponse;
import java.util.concurrent.CompletableFuture;

/**
 * Deletes messages and reports them, and shows and settles what others reported. Every future fails
 * with {@link RefusedException} only, and completes on the client's thread: what is chained to it
 * must not block.
 *
 * <p>Repeating any of these calls is safe.
 */
public final class ModerationCalls {
  private final UnaryCalls calls;

  ModerationCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** Takes a message's text away: one's own, or another's by MANAGE_MESSAGES. */
  public CompletableFuture<DeleteMessageResponse> delete(long channelId, long messageId) {
    DeleteMessageRequest request =
        DeleteMessageRequest.newBuilder().setChannelId(channelId).setMessageId(messageId).build();
    return calls.call(ModerationServiceGrpc.getDeleteMessageMethod(), request);
  }

  /** Reports a message that one sees; the reason, up to 200 characters, may be empty. */
  public CompletableFuture<ReportMessageResponse> report(
      long channelId, long messageId, String reason) {
    ReportMessageRequest request =
        ReportMessageRequest.newBuilder()
            .setChannelId(channelId)
            .setMessageId(messageId)
            .setReason(reason)
            .build();
    return calls.call(ReportServiceGrpc.getReportMessageMethod(), request);
  }

  /**
   * One page, newest first; {@code pageToken} is empty for the first.
   *
   * @param state only those; all when unspecified
   */
  public CompletableFuture<ListReportsResponse> reports(
      long workspaceId, ReportState state, String pageToken) {
    ListReportsRequest request =
        ListReportsRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setState(state)
            .setPageToken(pageToken)
            .build();
    return calls.call(ReportServiceGrpc.getListReportsMethod(), request);
  }

  /** Says what became of a report: upheld or dismissed. The reason is for the audit log. */
  public CompletableFuture<Report> settle(
      long workspaceId, long reportId, ReportState state, String reason) {
    SettleReportRequest request =
        SettleReportRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setReportId(reportId)
            .setState(state)
            .setRequestId(Nonces.next())
            .setReason(reason)
            .build();
    return calls
        .call(ReportServiceGrpc.getSettleReportMethod(), request)
        .thenApply(SettleReportResponse::getReport);
  }
}
