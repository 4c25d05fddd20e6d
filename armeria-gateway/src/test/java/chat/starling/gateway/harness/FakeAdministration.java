package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Workspaces in memory, for all servers of a fleet. Does what it is asked for, whoever asks, but
 * for what a test has it refuse.
 */
public final class FakeAdministration {

  private final Map<Long, GetWorkspaceRulesResponse.Builder> workspaces = new HashMap<>();
  private final Map<Long, Map<Long, MemberRow>> members = new HashMap<>();
  private final Map<Long, GetChannelRulesResponse.Builder> channels = new HashMap<>();
  private final Map<ByteString, AdministerResponse> done = new HashMap<>();
  private final List<AdministerRequest> requests = new ArrayList<>();
  private final List<WorkspaceEvent> events = new ArrayList<>();
  private final FakeDirectory directory;
  private Optional<Refusal> refusal = Optional.empty();
  private boolean losing;

  FakeAdministration(FakeDirectory directory) {
    this.directory = directory;
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
  public synchronized void member(long workspaceId, MemberRow row) {
    membersOf(workspaceId).put(row.getUserId(), row);
  }

  synchronized MemberRow member(long workspaceId, long userId) {
    return membersOf(workspaceId)
        .getOrDefault(userId, MemberRow.newBuilder().setUserId(userId).build());
  }

  synchronized List<MemberRow> members(long workspaceId) {
    return membersOf(workspaceId).values().stream()
        .filter(row -> row.getState() == MemberState.MEMBER_STATE_MEMBER)
        .toList();
  }

  /** Has a channel of the directory be this. */
  public synchronized void channel(long workspaceId, ChannelRow row, OverrideRow... overrides) {
    directory.kind(row.getChannelId(), row.getKind());
    channels.put(
        row.getChannelId(),
        GetChannelRulesResponse.newBuilder()
            .setWorkspaceId(workspaceId)
            .setChannel(row)
            .addAllOverrides(List.of(overrides))
            .setVersion(1));
  }

  synchronized GetChannelRulesResponse channel(long workspaceId, long channelId) {
    return channelOf(workspaceId, channelId).build();
  }

  synchronized GetWorkspaceRulesResponse rules(long workspaceId) {
    return workspace(workspaceId).build();
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
          workspace(id)
              .setVersion(seq)
              .setWorkspace(
                  WorkspaceRow.newBuilder()
                      .setName(act.getFound().getName())
                      .setOwnerId(request.getActorId()));
      case CREATE_ROLE -> {
        workspace(id)
            .setVersion(seq)
            .addRoles(
                RoleRow.newBuilder()
                    .setRoleId(9_007_199_254_740_993L + seq)
                    .setName(act.getCreateRole().getName())
                    .setPosition(act.getCreateRole().getPosition())
                    .setPermissions(act.getCreateRole().getPermissions())
                    .setVersion(seq));
        return 9_007_199_254_740_993L + seq;
      }
      case GIVE_ROLE ->
          member(
              id,
              member(id, act.getGiveRole().getUserId()).toBuilder()
                  .addRoleIds(act.getGiveRole().getRoleId())
                  .setVersion(seq)
                  .build());
      case KICK -> state(id, act.getKick().getUserId(), MemberState.MEMBER_STATE_LEFT, seq);
      case BAN -> state(id, act.getBan().getUserId(), MemberState.MEMBER_STATE_BANNED, seq);
      case ENTER -> state(id, request.getActorId(), MemberState.MEMBER_STATE_MEMBER, seq);
      case LEAVE -> state(id, request.getActorId(), MemberState.MEMBER_STATE_LEFT, seq);
      case TIME_OUT ->
          member(
              id,
              member(id, act.getTimeOut().getUserId()).toBuilder()
                  .setTimedOutUntilMillis(act.getTimeOut().getUntilMillis())
                  .build());
      case SET_OVERRIDE ->
          channelOf(id, act.getSetOverride().getChannelId())
              .setVersion(seq)
              .addOverrides(act.getSetOverride().getOverride());
      case CREATE_CHANNEL -> {
        return directory.create(id, act.getCreateChannel().getName(), request.getActorId());
      }
      case JOIN_CHANNEL ->
          directory.join(act.getJoinChannel().getChannelId(), request.getActorId());
      case LEAVE_CHANNEL ->
          directory.leave(act.getLeaveChannel().getChannelId(), request.getActorId());
      case ARCHIVE_CHANNEL ->
          channelOf(id, act.getArchiveChannel().getChannelId())
              .setVersion(seq)
              .getChannelBuilder()
              .setArchived(true);
      default -> {}
    }
    return 0;
  }

  private void state(long workspaceId, long userId, MemberState state, long seq) {
    member(
        workspaceId,
        member(workspaceId, userId).toBuilder().setState(state).setVersion(seq).build());
  }

  private GetWorkspaceRulesResponse.Builder workspace(long id) {
    return workspaces.computeIfAbsent(
        id,
        fresh ->
            GetWorkspaceRulesResponse.newBuilder()
                .addRoles(RoleRow.newBuilder().setRoleId(id).setPermissions(0x3f0100)));
  }

  private GetChannelRulesResponse.Builder channelOf(long workspaceId, long channelId) {
    return channels.computeIfAbsent(
        channelId,
        fresh ->
            GetChannelRulesResponse.newBuilder()
                .setWorkspaceId(workspaceId)
                .setChannel(ChannelRow.newBuilder().setChannelId(channelId)));
  }

  private Map<Long, MemberRow> membersOf(long workspaceId) {
    return members.computeIfAbsent(workspaceId, fresh -> new TreeMap<>());
  }
}
