package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.history.TimeBucket;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The rows of workspaces. They follow the events of each workspace's feed and nothing else changes
 * them: a row is what the event with the largest seq that touched it made of it, in whatever order
 * and however often the events are applied.
 */
public interface WorkspaceStore extends WorkspaceRows {

  /** Slices of a workspace's members. */
  int MEMBER_SLICES = 32;

  /** In how many channels one role may have an override, everyone's apart. */
  int MOST_OVERRIDDEN = 500;

  /** How many channels of one user are looked at. */
  int MOST_MEMBERSHIPS = 10_000;

  /** How many invitations a workspace may have. */
  int MOST_INVITATIONS = 200;

  /** The slice that holds the user. */
  static int sliceOf(long userId) {
    return Math.floorMod(Long.hashCode(userId * 0x9E3779B97F4A7C15L), MEMBER_SLICES);
  }

  /**
   * Brings events to all rows that they touch, in fewer writes than one by one. When it fails, any
   * of them may be changed; applied again, the rest is too. One that deletes a role may only be the
   * first, when all before it have been applied: it looks for what they have left of the role.
   *
   * @param events of one workspace, in the order of their seqs
   */
  CompletionStage<Void> apply(List<WorkspaceEvent> events);

  /**
   * Adds an entry to the audit log that no event of the workspace's feed makes; noting it again
   * changes nothing.
   *
   * @param entry whose event id no other entry has
   */
  CompletionStage<Void> note(WorkspaceEvent entry);

  /** Users of one slice with larger ids than this one, in rising order, whatever their state. */
  CompletionStage<List<MemberRow>> members(long workspaceId, int slice, long afterUser, int limit);

  /** Windows of {@link TimeBucket}, that have entries: this one and earlier. */
  CompletionStage<List<Long>> auditBuckets(long workspaceId, long from, int limit);

  /** Entries of one window with smaller event ids than this one, newest first. */
  CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long bucket, long beforeEventId, int limit);
}
