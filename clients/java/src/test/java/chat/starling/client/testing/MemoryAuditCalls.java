package chat.starling.client.testing;

import chat.starling.api.v1.AuditServiceGrpc.AuditServiceImplBase;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListAuditLogResponse;
import io.grpc.stub.StreamObserver;

/** The audit log of a {@link MemoryServer}. */
final class MemoryAuditCalls extends AuditServiceImplBase {
  private final MemoryWorkspace workspace;

  MemoryAuditCalls(MemoryWorkspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void listAuditLog(ListAuditLogRequest request, StreamObserver<ListAuditLogResponse> out) {
    MemoryMemberCalls.answer(
        out, ListAuditLogResponse.newBuilder().addAllEntries(workspace.log()).build());
  }
}
