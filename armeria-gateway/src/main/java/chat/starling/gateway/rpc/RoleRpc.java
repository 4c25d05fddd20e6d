package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.CreateRoleResponse;
import chat.starling.api.v1.DeleteRoleRequest;
import chat.starling.api.v1.DeleteRoleResponse;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.GiveRoleResponse;
import chat.starling.api.v1.ListRolesRequest;
import chat.starling.api.v1.ListRolesResponse;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.RoleServiceGrpc.RoleServiceImplBase;
import chat.starling.api.v1.TakeRoleRequest;
import chat.starling.api.v1.TakeRoleResponse;
import chat.starling.api.v1.UpdateRoleRequest;
import chat.starling.api.v1.UpdateRoleResponse;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.rpc.MemberChanges.Whom;
import chat.starling.gateway.signin.Identity;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Roles of the workspaces that a caller's token admits to. */
final class RoleRpc extends RoleServiceImplBase {

  private static final List<String> CHANGEABLE = List.of("name", "position", "permissions");

  private final Caller caller;
  private final Acts acts;
  private final Insiders insiders;
  private final MemberChanges members;

  RoleRpc(Caller caller, Acts acts, Insiders insiders, MemberChanges members) {
    this.caller = caller;
    this.acts = acts;
    this.insiders = insiders;
    this.members = members;
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
    Consumer<Act.Builder> create =
        act ->
            act.getCreateRoleBuilder()
                .setName(request.getName())
                .setPosition(request.getPosition())
                .setPermissions(request.getPermissions());
    change(
        answer,
        request,
        request.getWorkspaceId(),
        create,
        (who, done) ->
            role(who, request.getWorkspaceId(), done.getMadeId())
                .thenApply(role -> CreateRoleResponse.newBuilder().setRole(role).build()));
  }

  @Override
  public void updateRole(UpdateRoleRequest request, StreamObserver<UpdateRoleResponse> answer) {
    change(
        answer,
        request,
        request.getWorkspaceId(),
        act -> act.setEditRole(edit(request)),
        (who, done) ->
            role(who, request.getWorkspaceId(), request.getRoleId())
                .thenApply(role -> UpdateRoleResponse.newBuilder().setRole(role).build()));
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
    change(
        answer,
        request,
        request.getWorkspaceId(),
        act -> act.getDeleteRoleBuilder().setRoleId(Requests.id("role_id", request.getRoleId())),
        (who, done) -> CompletableFuture.completedFuture(DeleteRoleResponse.getDefaultInstance()));
  }

  @Override
  public void giveRole(GiveRoleRequest request, StreamObserver<GiveRoleResponse> answer) {
    members.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act ->
            act.getGiveRoleBuilder()
                .setUserId(request.getUserId())
                .setRoleId(Requests.id("role_id", request.getRoleId())),
        member -> GiveRoleResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void takeRole(TakeRoleRequest request, StreamObserver<TakeRoleResponse> answer) {
    members.change(
        answer,
        request,
        new Whom(request.getWorkspaceId(), request.getUserId()),
        act ->
            act.getTakeRoleBuilder()
                .setUserId(request.getUserId())
                .setRoleId(Requests.id("role_id", request.getRoleId())),
        member -> TakeRoleResponse.newBuilder().setMember(member).build());
  }

  private <T> void change(
      StreamObserver<T> answer,
      Message request,
      long workspaceId,
      Consumer<Act.Builder> act,
      BiFunction<Identity, AdministerResponse, CompletableFuture<T>> show) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long workspace = Requests.workspace(who, workspaceId);
          Act.Builder asked = Act.newBuilder();
          act.accept(asked);
          return acts.run(who, workspace, asked, terms, done -> show.apply(who, done));
        });
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
