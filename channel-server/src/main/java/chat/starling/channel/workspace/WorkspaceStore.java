package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.history.TimeBucket;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The rows of workspaces. They follow the events of each workspace's feed and nothing else changes
 * them: a row is what the event with the largest seq that touched it made of it, in whatever order
 * and however often the events are applied.
 */
public interface WorkspaceStore {

  /** Slices of a workspace's members. */
  int MEMBER_SLICES = 32;

  /** In how many channels one role may have an override, everyone's apart. */
  int MOST_OVERRIDDEN = 500;

  /** The slice that holds the user. */
  static int sliceOf(long userId) {
    return Math.floorMod(Long.hashCode(userId * 0x9E3779B97F4A7C15L), MEMBER_SLICES);
  }

  /** The workspace; empty as long as nobody has founded it. */
  CompletionStage<Optional<Workspace>> workspace(long workspaceId);

  /** What is known of the user. */
  CompletionStage<Optional<MemberRow>> member(long workspaceId, long userId);

  /** The channel with the id, whatever its workspace is. */
  CompletionStage<Optional<ChannelState>> channel(long channelId);

  /** The channel that has the name. */
  CompletionStage<Optional<ChannelState>> named(long workspaceId, String name);

  /** The direct channel of exactly these users, who are in rising order. */
  CompletionStage<Optional<ChannelState>> direct(long workspaceId, List<Long> userIds);

  /** Whether the user is a member of the channel. */
  CompletionStage<Boolean> isInChannel(long channelId, long userId);

  /** Ids of channels that have an override for this role, which is not everyone's. */
  CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit);

  /** What became of the actor's act with this nonce, if it was done within about a day. */
  CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce);

  /**
   * Brings an event to all rows that it touches. When it fails, any of them may be changed; applied
   * again, the rest is too. Events of one workspace are applied one after the other, but for those
   * that are {@linkplain Decisions#isOfActorAlone of their actors alone}, which may be applied at
   * once.
   */
  CompletionStage<Void> apply(WorkspaceEvent event);

  /** Users of one slice with larger ids than this one, in rising order, whatever their state. */
  CompletionStage<List<MemberRow>> members(long workspaceId, int slice, long afterUser, int limit);

  /** Windows of {@link TimeBucket}, that have entries: this one and earlier. */
  CompletionStage<List<Long>> auditBuckets(long workspaceId, long from, int limit);

  /** Entries of one window with smaller event ids than this one, newest first. */
  CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long bucket, long beforeEventId, int limit);
}
