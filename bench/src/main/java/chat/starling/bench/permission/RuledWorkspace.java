package chat.starling.bench.permission;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.gateway.workspace.Permit;
import chat.starling.gateway.workspace.Replicas;
import chat.starling.gateway.workspace.WorkspaceFeeds;
import chat.starling.gateway.workspace.WorkspaceFollower;
import chat.starling.gateway.workspace.WorkspaceReads;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;
import java.util.concurrent.CompletableFuture;

/**
 * One workspace with all the roles that there may be, each of which every channel overrides, and a
 * gateway's copy of it. Its rows are here: nothing is read from anywhere.
 */
public final class RuledWorkspace implements WorkspaceFeeds, WorkspaceReads {

  /** Roles beside everyone's. */
  public static final int ROLES = 250;

  /** Roles that each member has. */
  public static final int HELD = 20;

  private static final long ID = 2;
  private static final long OWNER = 1;
  private static final long FIRST_ROLE = 1_000;
  private static final long FIRST_SEQ = 1_000;
  private static final long TRUST_MILLIS = 24L * 3600 * 1000;
  private static final long EVERYONE =
      Permissions.of(Permission.VIEW_CHANNEL, Permission.READ_HISTORY, Permission.SEND_MESSAGES);

  private final Replicas replicas;
  private WorkspaceFollower follower = new Nobody();
  private long seq = FIRST_SEQ;

  /**
   * A copy that keeps so many.
   *
   * @param permits pairs of a user and a channel
   */
  public RuledWorkspace(int permits) {
    replicas =
        new Replicas(
            this,
            this,
            new Replicas.Limits(2 * permits, permits, Long.MAX_VALUE),
            System::nanoTime);
    replicas.enter(ID);
  }

  /** What a user may do in a channel, with all that it depends on read. */
  public Permit permit(long channelId, long userId) {
    return replicas.permit(channelId, userId).join();
  }

  /** The next event of the feed: somebody has changed a role, which all of the last have. */
  WorkspaceEvent nextRoleChange() {
    seq++;
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder().setWorkspaceId(ID).setSeq(seq).setActorId(OWNER);
    event.addChangesBuilder().setRole(role(0).toBuilder().setName("changed " + seq));
    return event.build();
  }

  /** The copy goes by the event from now on. */
  void apply(WorkspaceEvent event) {
    follower.event(event);
  }

  @Override
  public void follow(long workspaceId, WorkspaceFollower by) {
    follower = by;
    by.started(workspaceId, seq);
  }

  @Override
  public void unfollow(long workspaceId) {}

  @Override
  public void applied(long workspaceId, long upTo, long askedAt) {
    follower.trusted(workspaceId, askedAt, TRUST_MILLIS);
  }

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> rules(long workspaceId) {
    var rules =
        GetWorkspaceRulesResponse.newBuilder()
            .setWorkspace(WorkspaceRow.newBuilder().setName("ruled").setOwnerId(OWNER))
            .setVersion(seq)
            .addRoles(RoleRow.newBuilder().setRoleId(ID).setPermissions(EVERYONE));
    for (int i = 0; i < ROLES; i++) {
      rules.addRoles(role(i));
    }
    return CompletableFuture.completedFuture(rules.build());
  }

  @Override
  public CompletableFuture<ChannelObject> channel(long channelId) {
    var channel =
        ChannelObject.newBuilder()
            .setWorkspaceId(ID)
            .setRow(ChannelRow.newBuilder().setChannelId(channelId).setName("ruled"))
            .setVersion(1);
    for (int i = 0; i < ROLES; i++) {
      channel.addOverrides(
          OverrideRow.newBuilder()
              .setRoleId(FIRST_ROLE + i)
              .setAllow(Permission.ATTACH_FILES.mask())
              .setDeny(Permission.ADD_REACTIONS.mask()));
    }
    return CompletableFuture.completedFuture(channel.build());
  }

  @Override
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    var member =
        MemberRow.newBuilder()
            .setUserId(userId)
            .setState(MemberState.MEMBER_STATE_MEMBER)
            .setVersion(1);
    for (int i = 0; i < HELD; i++) {
      member.addRoleIds(FIRST_ROLE + (long) i * (ROLES / HELD) + userId % (ROLES / HELD));
    }
    return CompletableFuture.completedFuture(member.build());
  }

  @Override
  public CompletableFuture<Boolean> membership(long channelId, long userId) {
    return CompletableFuture.completedFuture(true);
  }

  private static RoleRow role(int number) {
    return RoleRow.newBuilder()
        .setRoleId(FIRST_ROLE + number)
        .setName("role " + number)
        .setPosition(number + 1)
        .setPermissions(Permission.ADD_REACTIONS.mask())
        .setVersion(1)
        .build();
  }

  /** Hears nothing. */
  private static final class Nobody implements WorkspaceFollower {
    @Override
    public void started(long workspaceId, long upTo) {}

    @Override
    public void event(WorkspaceEvent event) {}

    @Override
    public void trusted(long workspaceId, long askedAt, long millis) {}
  }
}
