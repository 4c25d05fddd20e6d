package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.v1.AuditServiceGrpc.AuditServiceImplBase;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.AuditEntries;
import chat.starling.gateway.administration.PageCursor;
import chat.starling.gateway.signin.Identity;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The audit logs of the workspaces that a caller's token admits to. */
final class AuditRpc extends AuditServiceImplBase {

  private static final int DEFAULT_PAGE = 100;

  private final Caller caller;
  private final Acts acts;

  AuditRpc(Caller caller, Acts acts) {
    this.caller = caller;
    this.acts = acts;
  }

  @Override
  public void listAuditLog(
      ListAuditLogRequest request,
      StreamObserver<chat.starling.api.v1.ListAuditLogResponse> answer) {
    caller.serve(answer, who -> page(who, request));
  }

  private CompletableFuture<chat.starling.api.v1.ListAuditLogResponse> page(
      Identity who, ListAuditLogRequest request) {
    long workspace = Requests.workspace(who, request.getWorkspaceId());
    PageCursor cursor = new PageCursor("ListAuditLog", workspace);
    int size = Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE);
    return acts.log(who, workspace, size, cursor.read(request.getPageToken()))
        .thenApply(found ->
            chat.starling.api.v1.ListAuditLogResponse.newBuilder()
                .addAllEntries(found.getEntriesList().stream().map(AuditEntries::of).toList())
                .setNextPageToken(cursor.write(next(found)))
                .build());
  }

  private static long next(ListAuditLogResponse found) {
    return found.getMore() && found.getEntriesCount() > 0
        ? found.getEntries(found.getEntriesCount() - 1).getEventId()
        : 0;
  }
}
