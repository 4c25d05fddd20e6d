package chat.starling.client;

import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListAuditLogResponse;
import java.util.concurrent.CompletableFuture;

/**
 * What was done in a workspace. Every future fails with {@link RefusedException} only, and
 * completes on the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class AuditCalls {
  private final UnaryCalls calls;

  AuditCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** One page, newest first; {@code pageToken} is empty for the first. */
  public CompletableFuture<ListAuditLogResponse> list(
      long workspaceId, int pageSize, String pageToken) {
    ListAuditLogRequest request =
        ListAuditLogRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setPageSize(pageSize)
            .setPageToken(pageToken)
            .build();
    return calls.call(AuditServiceGrpc.getListAuditLogMethod(), request);
  }
}
