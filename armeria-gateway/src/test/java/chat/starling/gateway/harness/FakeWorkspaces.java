package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceImplBase;
import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetMemberResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Rows of workspaces in memory, changed by events only. A workspace that nobody has changed is as
 * one that nobody has founded.
 */
public final class FakeWorkspaces extends AdministrationServiceImplBase {

  /** What everybody may do at first. */
  public static final long EVERYONE = 0x3f0100;

  private final Map<Long, Rows> workspaces = new HashMap<>();
  private final List<Consumer<WorkspaceEvent>> listeners = new ArrayList<>();
  private final FakeDirectory directory;

  FakeWorkspaces(FakeDirectory directory) {
    this.directory = directory;
    directory.lookup().channelsOf(this);
  }

  /** Makes an event of these changes, and returns its seq. */
  public long change(long workspaceId, WorkspaceChange... changes) {
    WorkspaceEvent event;
    synchronized (this) {
      Rows rows = rows(workspaceId);
      event =
          WorkspaceEvent.newBuilder()
              .setWorkspaceId(workspaceId)
              .setSeq(rows.events.size() + 1L)
              .addAllChanges(List.of(changes))
              .build();
      rows.events.add(event);
      event.getChangesList().forEach(change -> apply(rows, change, event.getSeq()));
    }
    listeners.forEach(listener -> listener.accept(event));
    return event.getSeq();
  }

  /** The owner of the workspace is this user from now on. */
  public long found(long workspaceId, long ownerId) {
    return change(
        workspaceId,
        WorkspaceChange.newBuilder()
            .setWorkspace(WorkspaceRow.newBuilder().setOwnerId(ownerId).setName("Works"))
            .build());
  }

  /** Everybody has these permissions from now on. */
  public long everyone(long workspaceId, long permissions) {
    return change(
        workspaceId,
        WorkspaceChange.newBuilder()
            .setRole(RoleRow.newBuilder().setRoleId(workspaceId).setPermissions(permissions))
            .build());
  }

  /** The user is this from now on. */
  public long member(long workspaceId, MemberRow row) {
    return change(workspaceId, WorkspaceChange.newBuilder().setMember(row).build());
  }

  /** These words may not be said from now on. */
  public long filters(long workspaceId, String... words) {
    FiltersRow.Builder filters = FiltersRow.newBuilder();
    for (String word : words) {
      filters.addFiltersBuilder().setText(word);
    }
    return change(workspaceId, WorkspaceChange.newBuilder().setFilters(filters).build());
  }

  /** The channel is slow from now on. */
  public long slowMode(long workspaceId, long channelId, int seconds) {
    return change(
        workspaceId,
        WorkspaceChange.newBuilder()
            .setChannel(ChannelRow.newBuilder().setChannelId(channelId).setSlowModeSeconds(seconds))
            .build());
  }

  /** Everybody is allowed and denied this in the channel. */
  public long override(long workspaceId, long channelId, long allow, long deny) {
    return change(
        workspaceId,
        WorkspaceChange.newBuilder()
            .setOverride(
                WorkspaceChange.OverrideChange.newBuilder()
                    .setChannelId(channelId)
                    .setOverride(
                        OverrideRow.newBuilder()
                            .setRoleId(workspaceId)
                            .setAllow(allow)
                            .setDeny(deny)))
            .build());
  }

  /** The user is in the channel, or not any more. */
  public long membership(long workspaceId, long channelId, long userId, boolean member) {
    return change(
        workspaceId,
        WorkspaceChange.newBuilder()
            .setMembership(
                WorkspaceChange.MembershipChange.newBuilder()
                    .setChannelId(channelId)
                    .setUserId(userId)
                    .setMember(member))
            .build());
  }

  void listen(Consumer<WorkspaceEvent> listener) {
    listeners.add(listener);
  }

  synchronized List<WorkspaceEvent> events(long workspaceId) {
    return List.copyOf(rows(workspaceId).events);
  }

  @Override
  public synchronized void getWorkspaceRules(
      GetWorkspaceRulesRequest request, StreamObserver<GetWorkspaceRulesResponse> answer) {
    Rows rows = rows(request.getWorkspaceId());
    GetWorkspaceRulesResponse.Builder found =
        GetWorkspaceRulesResponse.newBuilder()
            .addAllRoles(rows.roles.values())
            .setFilters(rows.filters)
            .setVersion(rows.version);
    if (rows.workspace.getOwnerId() != 0) {
      found.setWorkspace(rows.workspace);
    }
    FakeChannelServer.answer(answer, found.build());
  }

  /** The channel, without a name. */
  synchronized ChannelObject object(long workspaceId, long channelId) {
    Rows rows = rows(workspaceId);
    return ChannelObject.newBuilder()
        .setWorkspaceId(workspaceId)
        .setRow(channel(workspaceId, channelId))
        .addAllOverrides(rows.overrides.getOrDefault(channelId, List.of()))
        .setVersion(rows.channelVersions.getOrDefault(channelId, 0L))
        .build();
  }

  @Override
  public synchronized void getMember(
      GetMemberRequest request, StreamObserver<GetMemberResponse> answer) {
    MemberRow row = member(request.getWorkspaceId(), request.getUserId());
    FakeChannelServer.answer(answer, GetMemberResponse.newBuilder().setMember(row).build());
  }

  /** What the user is. */
  synchronized MemberRow member(long workspaceId, long userId) {
    return rows(workspaceId)
        .members
        .getOrDefault(userId, MemberRow.newBuilder().setUserId(userId).build());
  }

  /** Who is in the workspace, in rising order. */
  synchronized List<MemberRow> members(long workspaceId) {
    return rows(workspaceId).members.values().stream()
        .filter(row -> row.getState() == MemberState.MEMBER_STATE_MEMBER)
        .toList();
  }

  /** What the channel is. */
  synchronized ChannelRow channel(long workspaceId, long channelId) {
    return rows(workspaceId)
        .channels
        .getOrDefault(channelId, ChannelRow.newBuilder().setChannelId(channelId).build());
  }

  private Rows rows(long workspaceId) {
    return workspaces.computeIfAbsent(workspaceId, Rows::new);
  }

  private void apply(Rows rows, WorkspaceChange change, long seq) {
    switch (change.getChangeCase()) {
      case WORKSPACE -> {
        rows.workspace = change.getWorkspace();
        rows.version = seq;
      }
      case ROLE -> {
        rows.roles.put(change.getRole().getRoleId(), change.getRole());
        rows.version = seq;
      }
      case DELETED_ROLE_ID -> {
        rows.roles.remove(change.getDeletedRoleId());
        rows.version = seq;
      }
      case MEMBER ->
          rows.members.put(
              change.getMember().getUserId(),
              change.getMember().toBuilder().setVersion(seq).build());
      case CHANNEL -> {
        rows.channels.put(change.getChannel().getChannelId(), change.getChannel());
        rows.channelVersions.put(change.getChannel().getChannelId(), seq);
      }
      case OVERRIDE -> override(rows, change.getOverride(), seq);
      case MEMBERSHIP -> {
        var membership = change.getMembership();
        if (membership.getMember()) {
          directory.join(membership.getChannelId(), membership.getUserId());
        } else {
          directory.leave(membership.getChannelId(), membership.getUserId());
        }
      }
      case FILTERS -> {
        rows.filters = change.getFilters();
        rows.version = seq;
      }
      case REPORT, INVITATION, DELETED_INVITATION_ID, CHANGE_NOT_SET -> {}
    }
  }

  private static void override(Rows rows, WorkspaceChange.OverrideChange change, long seq) {
    List<OverrideRow> all =
        new ArrayList<>(rows.overrides.getOrDefault(change.getChannelId(), List.of()));
    OverrideRow next = change.getOverride();
    all.removeIf(old -> old.getRoleId() == next.getRoleId() && old.getUserId() == next.getUserId());
    if ((next.getAllow() | next.getDeny()) != 0) {
      all.add(next);
    }
    rows.overrides.put(change.getChannelId(), all);
    rows.channelVersions.put(change.getChannelId(), seq);
  }

  /** One workspace. */
  private static final class Rows {
    private final List<WorkspaceEvent> events = new ArrayList<>();
    private final Map<Long, RoleRow> roles = new TreeMap<>();
    private final Map<Long, MemberRow> members = new TreeMap<>();
    private final Map<Long, ChannelRow> channels = new HashMap<>();
    private final Map<Long, List<OverrideRow>> overrides = new HashMap<>();
    private final Map<Long, Long> channelVersions = new HashMap<>();
    private WorkspaceRow workspace = WorkspaceRow.getDefaultInstance();
    private FiltersRow filters = FiltersRow.getDefaultInstance();
    private long version;

    Rows(long workspaceId) {
      roles.put(
          workspaceId,
          RoleRow.newBuilder().setRoleId(workspaceId).setPermissions(EVERYONE).build());
    }
  }
}
