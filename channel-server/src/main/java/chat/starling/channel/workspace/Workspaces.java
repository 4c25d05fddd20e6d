package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.channel.history.TimeBucket;
import chat.starling.platform.permission.Administration;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What can be read of workspaces, from any server. */
public final class Workspaces {

  /** Reads of members that one page costs at most, beside one for each slice. */
  private static final int MOST_READS = 64;

  private static final int BUCKETS_AT_ONCE = 32;

  private final WorkspaceStore store;
  private final InstantSource clock;

  /** Workspaces in this store. */
  public Workspaces(WorkspaceStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The workspace, founded or not. */
  public CompletionStage<Workspace> workspace(long workspaceId) {
    return store
        .workspace(workspaceId)
        .thenApply(found -> found.orElseGet(() -> Workspace.unfounded(workspaceId)));
  }

  /** The channel; refuses with CHANNEL_NOT_FOUND. */
  public CompletionStage<ChannelState> channel(long channelId) {
    return store
        .channel(channelId)
        .thenApply(found ->
            found.orElseThrow(() ->
                Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
                    .field("channel_id")
                    .value(channelId)
                    .expected("an existing channel")
                    .toException()));
  }

  /** Whether the user may do everything there, as owner or by a role. */
  public CompletionStage<Boolean> isAdministrator(long workspaceId, long userId) {
    return workspace(workspaceId)
        .thenCombine(
            member(workspaceId, userId),
            (workspace, member) ->
                member.getState() == MemberState.MEMBER_STATE_MEMBER
                    && Permission.ADMINISTRATOR.isIn(
                        EffectiveMask.inWorkspace(
                            workspace.rules(), Situation.asMember(member), clock.millis())));
  }

  /** What the user is to the workspace, also if nothing is known of him. */
  public CompletionStage<MemberRow> member(long workspaceId, long userId) {
    return store
        .member(workspaceId, userId)
        .thenApply(found -> found.orElseGet(() -> Situation.unknown(userId)));
  }

  /**
   * A page of members.
   *
   * @param afterUser where the page before ended; 0 for the first
   * @param size 1 or more
   */
  public CompletionStage<MemberPage> members(long workspaceId, long afterUser, int size) {
    int slice = afterUser == 0 ? 0 : WorkspaceStore.sliceOf(afterUser);
    return new Walk(workspaceId, size).from(slice, afterUser);
  }

  /** The invitations that can be accepted now, in rising order of ids. */
  public CompletionStage<List<InvitationRow>> invitations(long workspaceId) {
    return store
        .invitations(workspaceId)
        .thenApply(
            rows -> rows.stream().filter(row -> !Invitations.isOver(row, clock.millis())).toList());
  }

  /**
   * A page of the audit log, newest first, with one entry more than asked for when there are older
   * ones. Refuses with WORKSPACE_NOT_FOUND, NOT_A_MEMBER, PERMISSION_MISSING.
   *
   * @param before entries with smaller event ids; 0 for the newest
   */
  public CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long actorId, long before, int size) {
    long end = before == 0 ? Long.MAX_VALUE : before;
    return workspace(workspaceId)
        .thenCombine(member(workspaceId, actorId), this::requireAuditor)
        .thenCompose(done -> entries(workspaceId, end, TimeBucket.of(end), size + 1));
  }

  private boolean requireAuditor(Workspace workspace, MemberRow actor) {
    ActRules.requireFounded(workspace);
    ActRules.requireMember(actor);
    Administration.require(
        Permission.VIEW_AUDIT_LOG, Situation.asMember(actor), workspace.rules(), clock.millis());
    return true;
  }

  private CompletionStage<List<WorkspaceEvent>> entries(
      long workspaceId, long before, long fromBucket, int limit) {
    return store
        .auditBuckets(workspaceId, fromBucket, BUCKETS_AT_ONCE)
        .thenCompose(buckets -> entries(workspaceId, before, buckets, 0, limit, new ArrayList<>()));
  }

  private CompletionStage<List<WorkspaceEvent>> entries(
      long workspaceId,
      long before,
      List<Long> buckets,
      int index,
      int limit,
      List<WorkspaceEvent> found) {
    if (found.size() >= limit || (index == buckets.size() && index < BUCKETS_AT_ONCE)) {
      return CompletableFuture.completedStage(found);
    }
    if (index == buckets.size()) {
      return store
          .auditBuckets(workspaceId, buckets.getLast() - 1, BUCKETS_AT_ONCE)
          .thenCompose(next -> entries(workspaceId, before, next, 0, limit, found));
    }
    return store
        .audit(workspaceId, buckets.get(index), before, limit - found.size())
        .thenCompose(more -> {
          found.addAll(more);
          return entries(workspaceId, before, buckets, index + 1, limit, found);
        });
  }

  /** One walk through the slices until there are enough members or no more slices. */
  private final class Walk {
    private final long workspaceId;
    private final int size;
    private final List<MemberRow> found = new ArrayList<>();
    private int reads;

    Walk(long workspaceId, int size) {
      this.workspaceId = workspaceId;
      this.size = size;
    }

    CompletionStage<MemberPage> from(int slice, long afterUser) {
      int limit = size - found.size();
      reads++;
      return store
          .members(workspaceId, slice, afterUser, limit)
          .thenCompose(rows -> {
            rows.stream()
                .filter(row -> row.getState() == MemberState.MEMBER_STATE_MEMBER)
                .forEach(found::add);
            return rows.size() < limit
                ? nextSlice(slice)
                : sameSlice(slice, rows.getLast().getUserId());
          });
    }

    private CompletionStage<MemberPage> sameSlice(int slice, long last) {
      return found.size() >= size || reads >= MOST_READS
          ? CompletableFuture.completedStage(new MemberPage(found, last))
          : from(slice, last);
    }

    private CompletionStage<MemberPage> nextSlice(int slice) {
      return slice + 1 == WorkspaceStore.MEMBER_SLICES
          ? CompletableFuture.completedStage(new MemberPage(found, 0))
          : from(slice + 1, 0);
    }
  }
}
