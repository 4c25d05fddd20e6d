package chat.starling.bench;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.OverrideRow;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A workspace with an owner, changed at the channel server by acts, as gateways do it. Each returns
 * when the act holds everywhere.
 *
 * @param id of the workspace
 * @param owner who acts where nobody else is named
 */
record FoundedWorkspace(ChannelServerClient client, long id, long owner) {

  private static final int NONCE_BYTES = 16;

  /** Founds it. */
  static FoundedWorkspace found(ChannelServerClient client, long id, long owner) {
    var founded = new FoundedWorkspace(client, id, owner);
    founded.act(
        owner, Act.newBuilder().setFound(Act.Found.newBuilder().setName("workspace " + id)));
    return founded;
  }

  /** Makes a role with this mask and returns its id. */
  long createRole(String name, int position, long permissions) {
    var role =
        Act.CreateRole.newBuilder().setName(name).setPosition(position).setPermissions(permissions);
    return act(owner, Act.newBuilder().setCreateRole(role));
  }

  /** Gives a role another name. */
  void renameRole(long roleId, String name) {
    act(
        owner,
        Act.newBuilder().setEditRole(Act.EditRole.newBuilder().setRoleId(roleId).setName(name)));
  }

  /** Gives a member a role. */
  void giveRole(long userId, long roleId) {
    var give = Act.GiveRole.newBuilder().setUserId(userId).setRoleId(roleId);
    act(owner, Act.newBuilder().setGiveRole(give));
  }

  /** Makes a channel and returns its id. */
  long createChannel(String name) {
    return act(
        owner, Act.newBuilder().setCreateChannel(Act.CreateChannel.newBuilder().setName(name)));
  }

  /** Says what a channel allows and denies a role. */
  void setOverride(long channelId, long roleId, long allow, long deny) {
    var override = OverrideRow.newBuilder().setRoleId(roleId).setAllow(allow).setDeny(deny).build();
    act(
        owner,
        Act.newBuilder()
            .setSetOverride(
                Act.SetOverride.newBuilder().setChannelId(channelId).setOverride(override)));
  }

  /** A user becomes a member. */
  void enter(long userId) {
    act(userId, Act.newBuilder().setEnter(Act.Enter.getDefaultInstance()));
  }

  /** A member joins a channel. */
  void join(long userId, long channelId) {
    act(
        userId,
        Act.newBuilder().setJoinChannel(Act.JoinChannel.newBuilder().setChannelId(channelId)));
  }

  private long act(long actor, Act.Builder act) {
    var request =
        AdministerRequest.newBuilder()
            .setWorkspaceId(id)
            .setActorId(actor)
            .setNonce(nonce())
            .setAct(act)
            .build();
    return client.administer(request).toCompletableFuture().join().getMadeId();
  }

  private static ByteString nonce() {
    var random = ThreadLocalRandom.current();
    return ByteString.copyFrom(
        ByteBuffer.allocate(NONCE_BYTES)
            .putLong(random.nextLong())
            .putLong(random.nextLong())
            .flip());
  }
}
