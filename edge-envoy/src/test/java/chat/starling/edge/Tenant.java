package chat.starling.edge;

import chat.starling.api.v1.ChannelKind;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;

/**
 * A workspace with an owner, who is in two public channels and in a private one, and a member, who
 * is in the one public channel that no override hides from him. All that only some may read has the
 * workspace's number in it.
 *
 * @param role that the owner made
 * @param room the public channel
 * @param vault the private one
 * @param cellar the public one that is hidden
 */
record Tenant(
    RunningStack stack,
    long workspace,
    String owner,
    String member,
    long role,
    long room,
    long vault,
    long cellar) {

  private static final long VIEW_CHANNEL = 0x010000;

  static Tenant create(RunningStack stack, long workspace) {
    String owner = "owner-" + workspace;
    String member = "member-" + workspace;
    Channel as = stack.channel(token(stack, owner, workspace));
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(as)
            .foundWorkspace(
                FoundWorkspaceRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("realm-" + workspace)
                    .build());
    long role =
        RoleServiceGrpc.newBlockingStub(as)
            .createRole(
                CreateRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("rank-" + workspace)
                    .setPosition(1)
                    .build())
            .getRole()
            .getRoleId();
    long room = channel(as, workspace, "room-", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    long vault = channel(as, workspace, "vault-", ChannelKind.CHANNEL_KIND_PRIVATE);
    long cellar = channel(as, workspace, "cellar-", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    hide(as, workspace, cellar);
    Channel asMember = stack.channel(token(stack, member, workspace));
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(asMember)
            .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    var _ =
        ChannelServiceGrpc.newBlockingStub(asMember)
            .joinChannel(JoinChannelRequest.newBuilder().setChannelId(room).build());
    return new Tenant(stack, workspace, owner, member, role, room, vault, cellar);
  }

  private static long channel(Channel as, long workspace, String prefix, ChannelKind kind) {
    return ChannelServiceGrpc.newBlockingStub(as)
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(prefix + workspace)
                .setKind(kind)
                .build())
        .getChannel()
        .getChannelId();
  }

  /** From everyone, whom the everyone role is. */
  private static void hide(Channel as, long workspace, long channel) {
    var _ =
        OverrideServiceGrpc.newBlockingStub(as)
            .setOverride(
                SetOverrideRequest.newBuilder()
                    .setChannelId(channel)
                    .setOverride(
                        ChannelOverride.newBuilder().setRoleId(workspace).setDeny(VIEW_CHANNEL))
                    .build());
  }

  private static String token(RunningStack stack, String user, long workspace) {
    return user.startsWith("owner")
        ? stack.tokens().founder(user, workspace)
        : stack.tokens().of(user, workspace);
  }

  String ownersToken() {
    return token(stack, owner, workspace);
  }

  String membersToken() {
    return token(stack, member, workspace);
  }

  /** What the member may know of. */
  long known(IdKind kind) {
    return switch (kind) {
      case WORKSPACE -> workspace;
      case CHANNEL -> room;
      case USER -> TokenIssuer.userId(owner);
      case ROLE -> role;
    };
  }
}
