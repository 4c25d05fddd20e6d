package chat.starling.client.testing;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.CreateRoleResponse;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.GiveRoleResponse;
import chat.starling.api.v1.ListRolesRequest;
import chat.starling.api.v1.ListRolesResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.RoleServiceGrpc.RoleServiceImplBase;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.UpdateRoleResponse;
import io.grpc.stub.StreamObserver;

/** The role rpcs of a {@link MemoryServer}. */
final class MemoryRoleCalls extends RoleServiceImplBase {
  private final MemoryWorkspace workspace;

  MemoryRoleCalls(MemoryWorkspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> out) {
    MemoryMemberCalls.answer(
        out, ListRolesResponse.newBuilder().addAllRoles(workspace.roles()).build());
  }

  @Override
  public void createRole(CreateRoleRequest request, StreamObserver<CreateRoleResponse> out) {
    Role role =
        workspace.role(
            Role.newBuilder()
                .setName(request.getName())
                .setPosition(request.getPosition())
                .setPermissions(request.getPermissions()));
    MemoryMemberCalls.answer(out, CreateRoleResponse.newBuilder().setRole(role).build());
  }

  @Override
  public void updateRole(UpdateRoleRequest request, StreamObserver<UpdateRoleResponse> out) {
    Role.Builder role =
        workspace.roles().stream()
            .filter(known -> known.getRoleId() == request.getRoleId())
            .findFirst()
            .orElseThrow()
            .toBuilder();
    if (request.hasName()) {
      role.setName(request.getName());
    }
    if (request.hasPosition()) {
      role.setPosition(request.getPosition());
    }
    if (request.hasPermissions()) {
      role.setPermissions(request.getPermissions());
    }
    MemoryMemberCalls.answer(
        out, UpdateRoleResponse.newBuilder().setRole(workspace.role(role)).build());
  }

  @Override
  public void giveRole(GiveRoleRequest request, StreamObserver<GiveRoleResponse> out) {
    Member after =
        workspace.change(
            workspace.member(request.getUserId()).toBuilder().addRoleIds(request.getRoleId()),
            AuditAction.AUDIT_ACTION_GIVE_ROLE,
            request.getReason());
    MemoryMemberCalls.answer(out, GiveRoleResponse.newBuilder().setMember(after).build());
  }
}
