package chat.starling.client.testing;

import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceResponse;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GetWorkspaceResponse;
import chat.starling.api.v1.WorkspaceServiceGrpc.WorkspaceServiceImplBase;
import io.grpc.stub.StreamObserver;

/** The workspace rpcs of a {@link MemoryServer}. */
final class MemoryWorkspaceCalls extends WorkspaceServiceImplBase {
  private final MemoryWorkspace workspace;

  MemoryWorkspaceCalls(MemoryWorkspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void getWorkspace(GetWorkspaceRequest request, StreamObserver<GetWorkspaceResponse> out) {
    MemoryMemberCalls.answer(
        out, GetWorkspaceResponse.newBuilder().setWorkspace(workspace.workspace()).build());
  }

  @Override
  public void foundWorkspace(
      FoundWorkspaceRequest request, StreamObserver<FoundWorkspaceResponse> out) {
    MemoryMemberCalls.answer(
        out,
        FoundWorkspaceResponse.newBuilder()
            .setWorkspace(workspace.found(request.getName()))
            .build());
  }
}
