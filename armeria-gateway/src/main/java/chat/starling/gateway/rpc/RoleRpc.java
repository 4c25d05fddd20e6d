package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.CreateRoleResponse;
import chat.starling.api.v1.DeleteRoleRequest;
import chat.starling.api.v1.DeleteRoleResponse;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.GiveRoleResponse;
import chat.starling.api.v1.ListRolesRequest;
import chat.starling.api.v1.ListRolesResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.RoleServiceGrpc.RoleServiceImplBase;
import chat.starling.api.v1.TakeRoleRequest;
import chat.starling.api.v1.TakeRoleResponse;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.UpdateRoleResponse;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.signin.Identity;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Roles of the workspaces that a caller's token admits to. */
final class RoleRpc extends RoleServiceImplBase {

  private static final List<String> CHANGEABLE = List.of("name", "position", "permissions");

  private final Caller caller;
  private final Acts acts;
  private final Insiders insiders;

  RoleRpc(Caller caller, Acts acts, Insiders insiders) {
    this.caller = caller;
    this.acts = acts;
    this.insiders = insiders;
  }

  @Override
  public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> answer) {
    caller.serve(
        answer,
        who ->
            insiders
                .workspace(who, Requests.workspace(who, request.getWorkspaceId()))
                .thenApply(seen ->
                    ListRolesResponse.newBuilder()
                        .addAllRoles(seen.rules().getRolesList().stream().map(Shown::role).toList())
                        .setVersion(seen.rules().getVersion())
                        .build()));
  }

  @Override
  public void createRole(CreateRoleRequest request, StreamObserver<CreateRoleResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          Act.Builder act = Act.newBuilder();
          act.getCreateRoleBuilder()
              .setName(request.getName())
              .setPosition(request.getPosition())
              .setPermissions(request.getPermissions());
          return acts.run(
              who,
              workspace,
              act,
              new Terms(request.getRequestId(), 0, request.getReason()),
              done ->
                  role(who, workspace, done.getMadeId())
                      .thenApply(role -> CreateRoleResponse.newBuilder().setRole(role).build()));
        });
  }

  @Override
  public void updateRole(UpdateRoleRequest request, StreamObserver<UpdateRoleResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long workspace = Requests.workspace(who, request.getWorkspaceId());
          return acts.run(
              who,
              workspace,
              Act.newBuilder().setEditRole(edit(request)),
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason()),
              done ->
                  role(who, workspace, request.getRoleId())
                      .thenApply(role -> UpdateRoleResponse.newBuilder().setRole(role).build()));
        });
  }

  private static Act.EditRole edit(UpdateRoleRequest request) {
    Set<String> fields = UpdateMask.fields(request, request.getUpdateMask(), CHANGEABLE);
    Act.EditRole.Builder edit =
        Act.EditRole.newBuilder().setRoleId(Requests.id("role_id", request.getRoleId()));
    if (fields.contains("name")) {
      edit.setName(request.getName());
    }
    if (fields.contains("position")) {
      edit.setPosition(request.getPosition());
    }
    if (fields.contains("permissions")) {
      edit.setPermissions(request.getPermissions());
    }
    return edit.build();
  }

  @Override
  public void deleteRole(DeleteRoleRequest request, StreamObserver<DeleteRoleResponse> answer) {
    caller.serve(
        answer,
        who -> {
          Act.Builder act = Act.newBuilder();
          act.getDeleteRoleBuilder().setRoleId(Requests.id("role_id", request.getRoleId()));
          return acts.run(
              who,
              Requests.workspace(who, request.getWorkspaceId()),
              act,
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason()),
              done -> CompletableFuture.completedFuture(DeleteRoleResponse.getDefaultInstance()));
        });
  }

  @Override
  public void giveRole(GiveRoleRequest request, StreamObserver<GiveRoleResponse> answer) {
    caller.serve(
        answer,
        who -> {
          Act.Builder act = Act.newBuilder();
          act.getGiveRoleBuilder()
              .setUserId(Requests.id("user_id", request.getUserId()))
              .setRoleId(Requests.id("role_id", request.getRoleId()));
          Terms terms =
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason());
          return changed(who, request.getWorkspaceId(), request.getUserId(), act, terms)
              .thenApply(member -> GiveRoleResponse.newBuilder().setMember(member).build());
        });
  }

  @Override
  public void takeRole(TakeRoleRequest request, StreamObserver<TakeRoleResponse> answer) {
    caller.serve(
        answer,
        who -> {
          Act.Builder act = Act.newBuilder();
          act.getTakeRoleBuilder()
              .setUserId(Requests.id("user_id", request.getUserId()))
              .setRoleId(Requests.id("role_id", request.getRoleId()));
          Terms terms =
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason());
          return changed(who, request.getWorkspaceId(), request.getUserId(), act, terms)
              .thenApply(member -> TakeRoleResponse.newBuilder().setMember(member).build());
        });
  }

  private CompletableFuture<Member> changed(
      Identity who, long workspaceId, long userId, Act.Builder act, Terms terms) {
    return acts.run(
        who,
        Requests.workspace(who, workspaceId),
        act,
        terms,
        done -> insiders.member(workspaceId, userId).thenApply(Shown::member));
  }

  /** The role as it is now; only its id when it is there no more. */
  private CompletableFuture<Role> role(Identity who, long workspaceId, long roleId) {
    return insiders
        .workspace(who, workspaceId)
        .thenApply(seen ->
            seen.rules().getRolesList().stream()
                .filter(role -> role.getRoleId() == roleId)
                .findFirst()
                .map(Shown::role)
                .orElseGet(() -> Shown.role(RoleRow.newBuilder().setRoleId(roleId).build())));
  }
}
