package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.ChannelRules;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.permission.WorkspaceRules;
import chat.starling.platform.permission.WorkspaceState;
import chat.starling.platform.refusal.Refuse;
import java.util.List;
import java.util.Optional;

/**
 * All that one act is decided on.
 *
 * @param actor what is known of who acts
 * @param target what is known of whom the act is on; of user 0 when it is on nobody
 * @param directUsers what is known of all whose direct channel the act is on
 * @param channel the channel that the act is on, if it is of this workspace
 * @param named the channel that has the name which the act gives
 * @param left the channels in which he is who is to be in the workspace no more
 * @param details what else some acts are decided on
 */
record Situation(
    Workspace workspace,
    MemberRow actor,
    MemberRow target,
    List<MemberRow> directUsers,
    Optional<ChannelState> channel,
    Optional<ChannelState> named,
    List<MembershipChange> left,
    Details details)
    implements WorkspaceState {

  Situation {
    directUsers = List.copyOf(directUsers);
    left = List.copyOf(left);
  }

  /** The row of a user of whom nothing is known. */
  static MemberRow unknown(long userId) {
    return MemberRow.newBuilder().setUserId(userId).build();
  }

  /** The row of the actor or the target. */
  MemberRow rowOf(long userId) {
    return userId == actor.getUserId() ? actor : target;
  }

  /** The same as a member's: who acts on himself without a row gets one. */
  static MemberRow.Builder entered(MemberRow row) {
    return row.toBuilder().setState(MemberState.MEMBER_STATE_MEMBER);
  }

  /** The channel that the act is on; refuses with CHANNEL_NOT_FOUND. */
  ChannelState existing(long channelId) {
    return channel
        .filter(found -> found.row().getChannelId() == channelId)
        .orElseThrow(() ->
            Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
                .field("channel_id")
                .value(channelId)
                .expected("one that exists")
                .toException());
  }

  Situation with(Details other) {
    return new Situation(workspace, actor, target, directUsers, channel, named, left, other);
  }

  /** The same with another who acts. */
  Situation as(MemberRow other) {
    return new Situation(workspace, other, target, directUsers, channel, named, left, details);
  }

  Invitations invitations() {
    return details.invitations();
  }

  @Override
  public WorkspaceRules rules() {
    return workspace.rules();
  }

  /** Of whom nothing is known, only who acts is a member: somebody has seen his token. */
  @Override
  public Optional<Member> member(long userId) {
    if (userId == actor.getUserId()) {
      return actor.getState() == MemberState.MEMBER_STATE_UNSPECIFIED
          ? Optional.of(asMember(actor))
          : member(actor);
    }
    return userId == target.getUserId() ? member(target) : Optional.empty();
  }

  @Override
  public Optional<ChannelRules> channel(long channelId) {
    return channel
        .filter(found -> found.row().getChannelId() == channelId)
        .map(ChannelState::rules);
  }

  @Override
  public boolean isInChannel(long channelId, long userId) {
    return details.memberships().contains(new InChannel(channelId, userId));
  }

  @Override
  public Iterable<ChannelRules> channelsOverriding(long roleId) {
    return details.overriding().stream().map(ChannelState::rules).toList();
  }

  private static Optional<Member> member(MemberRow row) {
    return row.getState() == MemberState.MEMBER_STATE_MEMBER
        ? Optional.of(asMember(row))
        : Optional.empty();
  }

  static Member asMember(MemberRow row) {
    return RuleRows.member(row, Math.max(1, row.getVersion()));
  }
}
