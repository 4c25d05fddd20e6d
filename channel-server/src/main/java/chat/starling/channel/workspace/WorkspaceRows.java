package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What acts are decided on. */
public interface WorkspaceRows {

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

  /**
   * The channels of the workspace that the user is a member of.
   *
   * @param limit if he is in more, some of them are missing
   */
  CompletionStage<List<MembershipChange>> memberships(long workspaceId, long userId, int limit);

  /** Ids of channels that have an override for this role, which is not everyone's. */
  CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit);

  /** The workspace's invitations, those that have ended among them, in rising order of ids. */
  CompletionStage<List<InvitationRow>> invitations(long workspaceId);

  /** What became of the actor's act with this nonce, if it was done within about a day. */
  CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce);
}
