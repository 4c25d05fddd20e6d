package chat.starling.client;

import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.CreateRoleResponse;
import chat.starling.api.v1.DeleteRoleRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.GiveRoleResponse;
import chat.starling.api.v1.ListRolesRequest;
import chat.starling.api.v1.ListRolesResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.TakeRoleRequest;
import chat.starling.api.v1.TakeRoleResponse;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.UpdateRoleResponse;
import java.util.concurrent.CompletableFuture;

/**
 * The roles of a workspace. Every future fails with {@link RefusedException} only, and completes on
 * the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class RoleCalls {
  private final UnaryCalls calls;

  RoleCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** All roles. */
  public CompletableFuture<ListRolesResponse> list(long workspaceId) {
    ListRolesRequest request = ListRolesRequest.newBuilder().setWorkspaceId(workspaceId).build();
    return calls.call(RoleServiceGrpc.getListRolesMethod(), request);
  }

  /** Makes a role that nobody has yet. */
  public CompletableFuture<Role> create(
      long workspaceId, String name, int position, long permissions, String reason) {
    CreateRoleRequest request =
        CreateRoleRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setName(name)
            .setPosition(position)
            .setPermissions(permissions)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(RoleServiceGrpc.getCreateRoleMethod(), request, CreateRoleResponse::getRole);
  }

  /** Deletes a role and its overrides. */
  public CompletableFuture<Void> delete(long workspaceId, long roleId, String reason) {
    DeleteRoleRequest request =
        DeleteRoleRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setRoleId(roleId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.done(RoleServiceGrpc.getDeleteRoleMethod(), request);
  }

  /** Gives a member a role. */
  public CompletableFuture<Member> give(long workspaceId, long userId, long roleId, String reason) {
    GiveRoleRequest request =
        GiveRoleRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setRoleId(roleId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(RoleServiceGrpc.getGiveRoleMethod(), request, GiveRoleResponse::getMember);
  }

  /** Takes a role from a member. */
  public CompletableFuture<Member> take(long workspaceId, long userId, long roleId, String reason) {
    TakeRoleRequest request =
        TakeRoleRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setUserId(userId)
            .setRoleId(roleId)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(RoleServiceGrpc.getTakeRoleMethod(), request, TakeRoleResponse::getMember);
  }

  /**
   * Changes what the request sets, under its expected version. A request without an id gets one.
   */
  public CompletableFuture<Role> update(UpdateRoleRequest request) {
    UpdateRoleRequest.Builder identified = request.toBuilder();
    if (request.getRequestId().isEmpty()) {
      identified.setRequestId(Nonces.next());
    }
    return calls.call(
        RoleServiceGrpc.getUpdateRoleMethod(), identified.build(), UpdateRoleResponse::getRole);
  }
}
