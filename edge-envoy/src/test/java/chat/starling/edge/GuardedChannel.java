package chat.starling.edge;

import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.TakeRoleRequest;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A channel of a workspace of its own that only members with one role may see. */
final class GuardedChannel {

  private static final long ADMINISTRATOR = 0x1;
  private static final long VIEW_CHANNEL = 0x1_0000;
  private static final long PATIENCE_SECONDS = 30;

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final RunningStack stack;
  private final Channel owner;
  private final RoleServiceGrpc.RoleServiceBlockingStub roles;
  private final List<RoleServiceGrpc.RoleServiceBlockingStub> administrators = new ArrayList<>();
  private final long id;
  private final long role;

  /** Founds the workspace; all these are members of it and of the channel, and have the role. */
  GuardedChannel(RunningStack stack, List<String> members) {
    this.stack = stack;
    owner = stack.channel(stack.tokens().founder("ada", workspace));
    roles = RoleServiceGrpc.newBlockingStub(owner);
    WorkspaceServiceGrpc.newBlockingStub(owner)
        .foundWorkspace(
            FoundWorkspaceRequest.newBuilder().setWorkspaceId(workspace).setName("Birds").build());
    role =
        roles
            .createRole(
                CreateRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("guests")
                    .setPosition(5)
                    .build())
            .getRole()
            .getRoleId();
    id =
        ChannelServiceGrpc.newBlockingStub(owner)
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("nests")
                    .build())
            .getChannel()
            .getChannelId();
    CompletableFuture.allOf(
            members.stream()
                .map(user ->
                    CompletableFuture.runAsync(() -> join(user), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new))
        .join();
    override(ChannelOverride.newBuilder().setRoleId(role).setAllow(VIEW_CHANNEL).build());
    override(ChannelOverride.newBuilder().setRoleId(workspace).setDeny(VIEW_CHANNEL).build());
  }

  long id() {
    return id;
  }

  String token(String user) {
    return stack.tokens().of(user, workspace);
  }

  /** Lets these people, who may do everything, give and take the role too. */
  void appoint(List<String> people) {
    long wardens =
        roles
            .createRole(
                CreateRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("wardens")
                    .setPosition(9)
                    .setPermissions(ADMINISTRATOR)
                    .build())
            .getRole()
            .getRoleId();
    for (String user : people) {
      Channel own = stack.channel(token(user));
      var _ =
          WorkspaceServiceGrpc.newBlockingStub(own)
              .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
      var _ =
          roles.giveRole(
              GiveRoleRequest.newBuilder()
                  .setWorkspaceId(workspace)
                  .setUserId(TokenIssuer.userId(user))
                  .setRoleId(wardens)
                  .build());
      administrators.add(RoleServiceGrpc.newBlockingStub(own));
    }
  }

  /** One of those who may give and take the role; the same for the same number. */
  private RoleServiceGrpc.RoleServiceBlockingStub administrator(int number) {
    return number % (administrators.size() + 1) == 0
        ? roles
        : administrators.get(number % (administrators.size() + 1) - 1);
  }

  /** Returns when it is answered. */
  void give(String user) {
    give(user, 0);
  }

  /** Returns when it is answered; {@code by} says which of the administrators does it. */
  void give(String user, int by) {
    var _ =
        administrator(by)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .giveRole(
                GiveRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setUserId(TokenIssuer.userId(user))
                    .setRoleId(role)
                    .build());
  }

  /** Returns when it is answered; {@code by} says which of the administrators does it. */
  void take(String user, int by) {
    var _ =
        administrator(by)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .takeRole(
                TakeRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setUserId(TokenIssuer.userId(user))
                    .setRoleId(role)
                    .build());
  }

  private void join(String user) {
    Channel own = stack.channel(token(user));
    WorkspaceServiceGrpc.newBlockingStub(own)
        .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    ChannelServiceGrpc.newBlockingStub(own)
        .joinChannel(JoinChannelRequest.newBuilder().setChannelId(id).build());
    give(user);
  }

  private void override(ChannelOverride override) {
    OverrideServiceGrpc.newBlockingStub(owner)
        .setOverride(
            SetOverrideRequest.newBuilder().setChannelId(id).setOverride(override).build());
  }
}
