package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workspaces in memory, for all servers of a fleet. Does what it is asked for, whoever asks, but
 * for what a test has it refuse.
 */
public final class FakeAdministration {

  private final Map<ByteString, AdministerResponse> done = new HashMap<>();
  private final List<AdministerRequest> requests = new ArrayList<>();
  private final List<WorkspaceEvent> events = new ArrayList<>();
  private final FakeDirectory directory;
  private final FakeWorkspaces workspaces;
  private Optional<Refusal> refusal = Optional.empty();
  private boolean losing;

  FakeAdministration(FakeDirectory directory) {
    this.directory = directory;
    this.workspaces = new FakeWorkspaces(directory);
  }

  /** What all acts have made. */
  public FakeWorkspaces workspaces() {
    return workspaces;
  }

  /** Refuses the next act. */
  public synchronized void refuseNext(Refusal why) {
    refusal = Optional.of(why);
  }

  /** Does the next act, but leaves its caller in the dark. */
  public synchronized void loseNextAnswer() {
    losing = true;
  }

  synchronized boolean losesAnswer() {
    boolean now = losing;
    losing = false;
    return now;
  }

  /** Acts that came to the servers that own their workspaces. */
  public synchronized List<AdministerRequest> requests() {
    return List.copyOf(requests);
  }

  /** The last of them. */
  public synchronized AdministerRequest last() {
    return requests.getLast();
  }

  /** What was done, oldest first. */
  synchronized List<WorkspaceEvent> events(long workspaceId) {
    return events.stream().filter(event -> event.getWorkspaceId() == workspaceId).toList();
  }

  /** Has the user be this to the workspace. */
  public void member(long workspaceId, MemberRow row) {
    workspaces.member(workspaceId, row);
  }

  /** Has a channel of the directory be this. */
  public void channel(long workspaceId, ChannelRow row, OverrideRow... overrides) {
    directory.kind(row.getChannelId(), row.getKind());
    workspaces.change(workspaceId, change(row));
    for (OverrideRow override : overrides) {
      workspaces.change(workspaceId, change(row.getChannelId(), override));
    }
  }

  synchronized Optional<Refusal> refusal() {
    Optional<Refusal> now = refusal;
    refusal = Optional.empty();
    return now;
  }

  synchronized AdministerResponse administer(AdministerRequest request) {
    requests.add(request);
    AdministerResponse known = done.get(request.getNonce());
    if (known != null) {
      return known.toBuilder().setDuplicate(true).build();
    }
    long seq = events.size() + 1L;
    long made = apply(request, seq);
    events.add(
        WorkspaceEvent.newBuilder()
            .setWorkspaceId(request.getWorkspaceId())
            .setSeq(seq)
            .setEventId(1_000 + seq)
            .setActorId(request.getActorId())
            .setAct(request.getAct())
            .setReason(request.getReason())
            .setMadeId(made)
            .build());
    AdministerResponse response =
        AdministerResponse.newBuilder().setSeq(seq).setMadeId(made).build();
    done.put(request.getNonce(), response);
    return response;
  }

  private long apply(AdministerRequest request, long seq) {
    long id = request.getWorkspaceId();
    Act act = request.getAct();
    switch (act.getActCase()) {
      case FOUND ->
          workspaces.change(
              id,
              WorkspaceChange.newBuilder()
                  .setWorkspace(
                      WorkspaceRow.newBuilder()
                          .setName(act.getFound().getName())
                          .setOwnerId(request.getActorId()))
                  .build());
      case CREATE_ROLE -> {
        long role = 9_007_199_254_740_993L + seq;
        workspaces.change(
            id,
            WorkspaceChange.newBuilder()
                .setRole(
                    RoleRow.newBuilder()
                        .setRoleId(role)
                        .setName(act.getCreateRole().getName())
                        .setPosition(act.getCreateRole().getPosition())
                        .setPermissions(act.getCreateRole().getPermissions())
                        .setVersion(seq))
                .build());
        return role;
      }
      case GIVE_ROLE ->
          member(
              id,
              workspaces.member(id, act.getGiveRole().getUserId()).toBuilder()
                  .addRoleIds(act.getGiveRole().getRoleId())
                  .build());
      case KICK -> state(id, act.getKick().getUserId(), MemberState.MEMBER_STATE_LEFT);
      case BAN -> state(id, act.getBan().getUserId(), MemberState.MEMBER_STATE_BANNED);
      case ENTER -> state(id, request.getActorId(), MemberState.MEMBER_STATE_MEMBER);
      case LEAVE -> state(id, request.getActorId(), MemberState.MEMBER_STATE_LEFT);
      case TIME_OUT ->
          member(
              id,
              workspaces.member(id, act.getTimeOut().getUserId()).toBuilder()
                  .setTimedOutUntilMillis(act.getTimeOut().getUntilMillis())
                  .build());
      case SET_OVERRIDE ->
          workspaces.change(
              id, change(act.getSetOverride().getChannelId(), act.getSetOverride().getOverride()));
      case CREATE_CHANNEL -> {
        return directory.create(id, act.getCreateChannel().getName(), request.getActorId());
      }
      case JOIN_CHANNEL ->
          workspaces.membership(
              id, act.getJoinChannel().getChannelId(), request.getActorId(), true);
      case LEAVE_CHANNEL ->
          workspaces.membership(
              id, act.getLeaveChannel().getChannelId(), request.getActorId(), false);
      case ARCHIVE_CHANNEL ->
          workspaces.change(
              id,
              change(
                  workspaces.channel(id, act.getArchiveChannel().getChannelId()).toBuilder()
                      .setArchived(true)
                      .build()));
      default -> {}
    }
    return 0;
  }

  private void state(long workspaceId, long userId, MemberState state) {
    member(workspaceId, workspaces.member(workspaceId, userId).toBuilder().setState(state).build());
  }

  private static WorkspaceChange change(ChannelRow row) {
    return WorkspaceChange.newBuilder().setChannel(row).build();
  }

  private static WorkspaceChange change(long channelId, OverrideRow override) {
    return WorkspaceChange.newBuilder()
        .setOverride(
            WorkspaceChange.OverrideChange.newBuilder()
                .setChannelId(channelId)
                .setOverride(override))
        .build();
  }
}
