package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.GetReportRequest;
import chat.starling.api.internal.v1.KeepReportRequest;
import chat.starling.api.internal.v1.ListReportsRequest;
import chat.starling.api.internal.v1.ListReportsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportState;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import java.util.concurrent.CompletableFuture;

/** Reported messages, which channel servers keep. Whoever asks has seen to who may. */
public final class Reports {

  private final ChannelServers servers;

  /** Reports in these servers. */
  public Reports(ChannelServers servers) {
    this.servers = servers;
  }

  /**
   * Keeps that a user reports a message of a channel, which is copied as it is now; fails with
   * MESSAGE_NOT_FOUND when there is none, or it is deleted.
   */
  public CompletableFuture<Void> keep(
      long userId, long workspaceId, long channelId, long messageId, String reason) {
    return message(channelId, messageId)
        .thenCompose(message ->
            servers
                .any()
                .keepReport(
                    KeepReportRequest.newBuilder()
                        .setWorkspaceId(workspaceId)
                        .setChannelId(channelId)
                        .setMessageId(messageId)
                        .setMessage(message)
                        .setReporter(
                            ReportRow.Reporter.newBuilder().setUserId(userId).setReason(reason))
                        .build()))
        .thenAccept(kept -> {});
  }

  private CompletableFuture<ByteString> message(long channelId, long messageId) {
    if (messageId == Long.MAX_VALUE) {
      return CompletableFuture.failedFuture(noMessage(messageId));
    }
    return servers
        .owner(channelId)
        .readHistory(
            ReadHistoryRequest.newBuilder()
                .setChannelId(channelId)
                .setBefore(messageId + 1)
                .setLimit(1)
                .build())
        .thenApply(page -> only(page, messageId));
  }

  private static ByteString only(ReadHistoryResponse page, long messageId) {
    if (page.getMessagesCount() > 0) {
      Message found = parsed(page.getMessages(0));
      if (found.getMessageId() == messageId && found.getDeletedBy() == 0) {
        return found.toBuilder().clearNonce().build().toByteString();
      }
    }
    throw noMessage(messageId);
  }

  /** The report; fails with REPORT_NOT_FOUND. */
  public CompletableFuture<Report> report(long workspaceId, long reportId) {
    return servers
        .any()
        .report(
            GetReportRequest.newBuilder().setWorkspaceId(workspaceId).setReportId(reportId).build())
        .thenApply(found -> shown(found.getReport()));
  }

  /**
   * A page of reports, newest first.
   *
   * @param before only reports with smaller ids; 0 for the newest
   */
  public CompletableFuture<ListReportsResponse> page(
      long workspaceId, int size, long before, ReportState state) {
    return servers
        .any()
        .reports(
            ListReportsRequest.newBuilder()
                .setWorkspaceId(workspaceId)
                .setLimit(size)
                .setBeforeReportId(before)
                .setStateValue(state.getNumber())
                .build());
  }

  /** The row as those see it who handle reports. */
  public static Report shown(ReportRow row) {
    Report.Builder report =
        Report.newBuilder()
            .setReportId(row.getReportId())
            .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(row.getReportId())))
            .setMessage(parsed(row.getMessage()))
            .setStateValue(row.getStateValue())
            .setSettledBy(row.getSettledBy());
    row.getReportersList()
        .forEach(reporter ->
            report
                .addReportersBuilder()
                .setUserId(reporter.getUserId())
                .setReason(reporter.getReason()));
    return report.build();
  }

  private static Message parsed(ByteString message) {
    try {
      return Message.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message from a channel server", e);
    }
  }

  private static RefusedException noMessage(long messageId) {
    return Refuse.because(Reason.REASON_MESSAGE_NOT_FOUND)
        .field("message_id")
        .value(messageId)
        .expected("a message of the channel that is not deleted")
        .toException();
  }
}
