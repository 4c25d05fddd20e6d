package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The rows of one workspace as they will be when some events have come to them that have not yet.
 * Asked and changed in turn, by one at a time.
 */
final class ChangedRows implements WorkspaceRows {

  /** What one event makes of one row. */
  private record Change(WorkspaceChange what, long seq) {}

  private final WorkspaceRows rows;
  private final long workspaceId;
  private final List<Change> changes = new ArrayList<>();

  ChangedRows(WorkspaceRows rows, long workspaceId) {
    this.rows = rows;
    this.workspaceId = workspaceId;
  }

  /** Whether what these changes make of the rows is known here. */
  static boolean know(List<WorkspaceChange> some) {
    return some.stream().allMatch(ChangedRows::knows);
  }

  private static boolean knows(WorkspaceChange change) {
    return switch (change.getChangeCase()) {
      case WORKSPACE, ROLE, DELETED_ROLE_ID, MEMBER, CHANNEL, OVERRIDE, MEMBERSHIP -> true;
      case INVITATION, DELETED_INVITATION_ID -> true;
      case FILTERS, REPORT -> true; // no act is decided by what became of reports
      default -> false;
    };
  }

  /** From now on the rows are as they are after this event too, which is the last one. */
  void add(List<WorkspaceChange> some, long seq) {
    some.forEach(change -> changes.add(new Change(change, seq)));
  }

  @Override
  public CompletionStage<Optional<Workspace>> workspace(long id) {
    return rows.workspace(id).thenApply(this::changed);
  }

  private Optional<Workspace> changed(Optional<Workspace> found) {
    Workspace now = found.orElse(null);
    for (Change change : changes) {
      WorkspaceChange what = change.what;
      if (what.hasWorkspace() && now == null) {
        now = Workspace.unfounded(workspaceId).after(what, change.seq);
      } else if (now != null) {
        now = now.after(what, change.seq);
      }
    }
    return Optional.ofNullable(now);
  }

  @Override
  public CompletionStage<Optional<MemberRow>> member(long id, long userId) {
    return last(what -> what.hasMember() && what.getMember().getUserId() == userId)
        .map(change -> known(change.what.getMember().toBuilder().setVersion(change.seq).build()))
        .orElseGet(() -> rows.member(id, userId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> channel(long channelId) {
    return rows.channel(channelId).thenApply(found -> changed(channelId, found));
  }

  private Optional<ChannelState> changed(long channelId, Optional<ChannelState> found) {
    ChannelState now = found.orElse(null);
    for (Change change : changes) {
      WorkspaceChange what = change.what;
      boolean made = what.hasChannel() && what.getChannel().getChannelId() == channelId;
      if (made && now == null) {
        now = new ChannelState(workspaceId, what.getChannel(), List.of(), change.seq);
      } else if (now != null) {
        now = now.after(what, change.seq);
      }
    }
    return Optional.ofNullable(now);
  }

  /** A name leads to the channel that had it last, and counts if it has it still. */
  @Override
  public CompletionStage<Optional<ChannelState>> named(long id, String name) {
    return lastChannel(row -> !isDirect(row) && row.getName().equals(name))
        .map(this::channel)
        .orElseGet(() -> rows.named(id, name).thenApply(this::changedIfThere))
        .thenApply(found -> found.filter(channel -> channel.row().getName().equals(name)));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> direct(long id, List<Long> userIds) {
    return lastChannel(row -> isDirect(row) && row.getDirectUserIdsList().equals(userIds))
        .map(this::channel)
        .orElseGet(() -> rows.direct(id, userIds).thenApply(this::changedIfThere));
  }

  private Optional<ChannelState> changedIfThere(Optional<ChannelState> found) {
    return found.flatMap(channel -> changed(channel.row().getChannelId(), found));
  }

  @Override
  public CompletionStage<Boolean> isInChannel(long channelId, long userId) {
    return last(what -> what.hasMembership() && isOf(what.getMembership(), channelId, userId))
        .map(change -> known(change.what.getMembership().getMember()).thenApply(Optional::get))
        .orElseGet(() -> rows.isInChannel(channelId, userId));
  }

  @Override
  public CompletionStage<List<MembershipChange>> memberships(long id, long userId, int limit) {
    return rows.memberships(id, userId, limit).thenApply(found -> changed(userId, found));
  }

  private List<MembershipChange> changed(long userId, List<MembershipChange> found) {
    Map<Long, MembershipChange> now = new TreeMap<>();
    found.forEach(one -> now.put(one.getChannelId(), one));
    for (Change change : changes) {
      MembershipChange what = change.what.getMembership();
      if (change.what.hasMembership() && what.getUserId() == userId) {
        if (what.getMember()) {
          now.put(what.getChannelId(), what);
        } else {
          now.remove(what.getChannelId());
        }
      }
    }
    return List.copyOf(now.values());
  }

  @Override
  public CompletionStage<List<Long>> channelsOverriding(long id, long roleId, int limit) {
    if (roleId == workspaceId) {
      return rows.channelsOverriding(id, roleId, limit); // of everyone's no list is kept
    }
    long removals = changes.stream().filter(change -> removes(change.what, roleId)).count();
    return rows.channelsOverriding(id, roleId, limit + (int) removals)
        .thenApply(found -> overriding(found, roleId, limit));
  }

  private List<Long> overriding(List<Long> found, long roleId, int limit) {
    TreeSet<Long> now = new TreeSet<>(found);
    for (Change change : changes) {
      WorkspaceChange what = change.what;
      if (what.hasDeletedRoleId() && what.getDeletedRoleId() == roleId) {
        now.clear();
      } else if (removes(what, roleId)) {
        now.remove(what.getOverride().getChannelId());
      } else if (isOf(what, roleId)) {
        now.add(what.getOverride().getChannelId());
      }
    }
    return now.stream().limit(limit).toList();
  }

  private static boolean removes(WorkspaceChange what, long roleId) {
    return isOf(what, roleId) && ChannelState.isNone(what.getOverride().getOverride());
  }

  private static boolean isOf(WorkspaceChange what, long roleId) {
    OverrideRow row = what.getOverride().getOverride();
    return what.hasOverride() && row.hasRoleId() && row.getRoleId() == roleId;
  }

  @Override
  public CompletionStage<List<InvitationRow>> invitations(long id) {
    return rows.invitations(id).thenApply(this::changedInvitations);
  }

  private List<InvitationRow> changedInvitations(List<InvitationRow> found) {
    Map<Long, InvitationRow> now = new TreeMap<>();
    found.forEach(one -> now.put(one.getInvitationId(), one));
    for (Change change : changes) {
      WorkspaceChange what = change.what;
      if (what.hasInvitation()) {
        now.put(what.getInvitation().getInvitationId(), what.getInvitation());
      } else if (what.hasDeletedInvitationId()) {
        now.remove(what.getDeletedInvitationId());
      }
    }
    return List.copyOf(now.values());
  }

  /** Those of events that have not come are not asked for: see {@link Turn}. */
  @Override
  public CompletionStage<Optional<DoneAct>> done(long id, long actorId, ByteString nonce) {
    return rows.done(id, actorId, nonce);
  }

  private Optional<Long> lastChannel(Predicate<ChannelRow> which) {
    return last(what -> what.hasChannel() && which.test(what.getChannel()))
        .map(change -> change.what.getChannel().getChannelId());
  }

  private Optional<Change> last(Predicate<WorkspaceChange> which) {
    return changes.reversed().stream().filter(change -> which.test(change.what)).findFirst();
  }

  private static boolean isDirect(ChannelRow row) {
    return row.getKind() == ChannelKind.CHANNEL_KIND_DIRECT;
  }

  private static boolean isOf(MembershipChange membership, long channelId, long userId) {
    return membership.getChannelId() == channelId && membership.getUserId() == userId;
  }

  private static <T> CompletionStage<Optional<T>> known(T value) {
    return CompletableFuture.completedStage(Optional.of(value));
  }
}
