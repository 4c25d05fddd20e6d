package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.platform.permission.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/** What people ask for in a workspace of few users, roles and channels: much of it is refused. */
public final class RandomActs {

  /** Users are 1 to this. */
  public static final int USERS = 5;

  /** The workspace's channels. */
  public static final List<Long> CHANNELS = List.of(101L, 102L, 103L);

  /** The first act of all. */
  public static final Act FOUND =
      Act.newBuilder().setFound(Act.Found.newBuilder().setName("Birds")).build();

  private static final List<String> NAMES = List.of("plans", "ideas", "news", "c101");

  private static final List<ChannelKind> KINDS =
      List.of(
          ChannelKind.CHANNEL_KIND_UNSPECIFIED,
          ChannelKind.CHANNEL_KIND_PRIVATE,
          ChannelKind.CHANNEL_KIND_ANNOUNCEMENT);

  private static final long[] MASKS = {
    Permission.ADMINISTRATOR.mask(),
    Permission.MANAGE_ROLES.mask() | Permission.MANAGE_CHANNELS.mask(),
    Permission.MANAGE_CHANNELS.mask() | Permission.CREATE_INVITATIONS.mask(),
    Permission.KICK_MEMBERS.mask() | Permission.BAN_MEMBERS.mask(),
    Permission.TIME_OUT_MEMBERS.mask() | Permission.MANAGE_NICKNAMES.mask(),
    Permission.SEND_MESSAGES.mask()
  };

  private final long workspaceId;
  private final WorkspaceStore store;
  private final Random random;
  private final LongSupplier nowMillis;

  /** Acts on what is in this store. */
  public RandomActs(long workspaceId, WorkspaceStore store, Random random, LongSupplier nowMillis) {
    this.workspaceId = workspaceId;
    this.store = store;
    this.random = random;
    this.nowMillis = nowMillis;
  }

  /** Another act of this user. */
  public Act next(long actorId) {
    Act.Builder act = Act.newBuilder();
    long user = 1L + random.nextInt(USERS);
    long channel = channel(user);
    switch (random.nextInt(44)) {
      case 0, 1, 2, 3, 4 -> act.setEnter(Act.Enter.getDefaultInstance());
      case 5 -> act.setLeave(Act.Leave.getDefaultInstance());
      case 6, 7, 8 ->
          act.getCreateRoleBuilder()
              .setName("r" + random.nextInt(9))
              .setPosition(1 + random.nextInt(5))
              .setPermissions(mask());
      case 9 -> act.getEditRoleBuilder().setRoleId(role()).setPermissions(mask());
      case 10 -> act.getEditRoleBuilder().setRoleId(role()).setPosition(1 + random.nextInt(5));
      case 11 -> act.getDeleteRoleBuilder().setRoleId(role());
      case 12, 13 -> act.getGiveRoleBuilder().setUserId(user).setRoleId(role());
      case 14 -> act.getTakeRoleBuilder().setUserId(user).setRoleId(role());
      case 15, 16 ->
          act.getSetOverrideBuilder()
              .setChannelId(channel)
              .setOverride(target(user).setDeny(Permission.SEND_MESSAGES.mask()));
      case 17 -> act.getRemoveOverrideBuilder().setChannelId(channel).setOverride(target(user));
      case 18 -> act.getKickBuilder().setUserId(user);
      case 19 -> ban(act, user);
      case 20 ->
          act.getTimeOutBuilder()
              .setUserId(user)
              .setUntilMillis(nowMillis.getAsLong() + Duration.ofDays(1).toMillis());
      case 21, 22, 23 -> change(act, actorId, user, channel);
      case 24, 25, 26 ->
          act.getCreateChannelBuilder()
              .setName(name())
              .setKind(KINDS.get(random.nextInt(KINDS.size())));
      case 27 -> act.getRenameChannelBuilder().setChannelId(channel).setName(name());
      case 28 -> act.getSetTopicBuilder().setChannelId(channel).setTopic(name());
      case 29 -> act.getSetSlowModeBuilder().setChannelId(channel).setSeconds(random.nextInt(3));
      case 30 -> act.getAddToChannelBuilder().setChannelId(channel).setUserId(user);
      case 31 -> act.getRemoveFromChannelBuilder().setChannelId(channel).setUserId(user);
      case 32, 33 -> act.getOpenDirectBuilder().addUserIds(user);
      case 34, 35 ->
          act.getCreateInvitationBuilder()
              .setMaxUses(random.nextInt(3))
              .setExpiresAfterSeconds(3_600)
              .addRoleIds(role());
      case 36 -> act.getRevokeInvitationBuilder().setInvitationId(invitation().getInvitationId());
      case 37, 38 -> act.getAcceptInvitationBuilder().setCode(invitation().getCode());
      default -> comeOrGo(act, channel);
    }
    return act.build();
  }

  /** Another act by which somebody comes or goes by himself. */
  public Act comeOrGo() {
    Act.Builder act = Act.newBuilder();
    comeOrGo(act, channel(1));
    return act.build();
  }

  private void comeOrGo(Act.Builder act, long channel) {
    switch (random.nextInt(4)) {
      case 0 -> act.setEnter(Act.Enter.getDefaultInstance());
      case 1 -> act.getLeaveChannelBuilder().setChannelId(channel);
      default -> act.getJoinChannelBuilder().setChannelId(channel);
    }
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** One of those that no act made, of those that have a name now, or a direct one. */
  private long channel(long user) {
    Optional<ChannelState> found =
        switch (random.nextInt(5)) {
          case 0, 1 -> store.named(workspaceId, name()).toCompletableFuture().join();
          case 2 -> store.direct(workspaceId, List.of(1L, user)).toCompletableFuture().join();
          default -> Optional.empty();
        };
    return found
        .map(channel -> channel.row().getChannelId())
        .orElseGet(() -> CHANNELS.get(random.nextInt(CHANNELS.size())));
  }

  /** One of those that there are now. */
  private InvitationRow invitation() {
    List<InvitationRow> rows = store.invitations(workspaceId).toCompletableFuture().join();
    return rows.isEmpty()
        ? InvitationRow.getDefaultInstance()
        : rows.get(random.nextInt(rows.size()));
  }

  private void ban(Act.Builder act, long user) {
    if (random.nextBoolean()) {
      act.getBanBuilder().setUserId(user);
    } else {
      act.getLiftBanBuilder().setUserId(user);
    }
  }

  private void change(Act.Builder act, long actorId, long user, long channel) {
    switch (random.nextInt(4)) {
      case 0 -> act.getSetNicknameBuilder().setUserId(actorId).setNickname("n" + user);
      case 1 -> act.getTransferOwnershipBuilder().setUserId(user);
      case 2 -> act.getArchiveChannelBuilder().setChannelId(channel);
      default -> act.getRestoreChannelBuilder().setChannelId(channel);
    }
  }

  private OverrideRow.Builder target(long user) {
    OverrideRow.Builder override = OverrideRow.newBuilder();
    return random.nextBoolean() ? override.setUserId(user) : override.setRoleId(role());
  }

  private long mask() {
    return MASKS[random.nextInt(MASKS.length)];
  }

  /** One of the roles that there are now. */
  private long role() {
    List<RoleRow> roles =
        store
            .workspace(workspaceId)
            .toCompletableFuture()
            .join()
            .map(Workspace::roles)
            .orElseGet(List::of);
    return roles.isEmpty() ? workspaceId : roles.get(random.nextInt(roles.size())).getRoleId();
  }
}
