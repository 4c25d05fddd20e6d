package chat.starling.platform.permission;

/** What a member may ask to change about roles, channels and other members. */
public sealed interface AdministrativeAct {

  /** An act on a role. */
  sealed interface OnRole extends AdministrativeAct {}

  /** An act on a channel or on who is in it. */
  sealed interface OnChannel extends AdministrativeAct {}

  /** An act on a channel's override. */
  sealed interface OnOverride extends AdministrativeAct {}

  /** An act on a user. */
  sealed interface OnUser extends AdministrativeAct {}

  /** Makes a role that nobody has yet. */
  record CreateRole(int position, long mask) implements OnRole {}

  /** Gives a role another name. */
  record RenameRole(long roleId) implements OnRole {}

  /** Replaces what a role permits. */
  record SetRoleMask(long roleId, long mask) implements OnRole {}

  /** Moves a role to another position. */
  record MoveRole(long roleId, int position) implements OnRole {}

  /** Deletes a role, and with it its overrides. */
  record DeleteRole(long roleId) implements OnRole {}

  /** Gives a member a role. */
  record GiveRole(long userId, long roleId) implements OnRole {}

  /** Takes a role from a member. */
  record TakeRole(long userId, long roleId) implements OnRole {}

  /** Makes a channel, which is not a direct one. */
  record CreateChannel(ChannelKind kind) implements OnChannel {}

  /** Changes what a channel is: its name, topic, slow mode, whether it is archived. */
  record ChangeChannel(long channelId) implements OnChannel {}

  /** Makes who acts a member of a channel. */
  record JoinChannel(long channelId) implements OnChannel {}

  /** Makes a member of the workspace a member of a channel. */
  record AddToChannel(long channelId, long userId) implements OnChannel {}

  /** Ends somebody's membership of a channel. */
  record RemoveFromChannel(long channelId, long userId) implements OnChannel {}

  /** Puts an override in the place of the one that the target has in the channel, if any. */
  record SetOverride(long channelId, OverrideTarget target, ChannelOverride override)
      implements OnOverride {}

  /** Removes the target's override in the channel. */
  record RemoveOverride(long channelId, OverrideTarget target) implements OnOverride {}

  /** Removes a member, who may come back. */
  record Kick(long userId) implements OnUser {}

  /** Removes a user for good, who need not be a member. */
  record Ban(long userId) implements OnUser {}

  /** Lets a banned user come back. */
  record LiftBan(long userId) implements OnUser {}

  /** Times a member out until then, in milliseconds of the epoch. */
  record TimeOut(long userId, long untilMillis) implements OnUser {}

  /** Ends a member's time-out. */
  record LiftTimeOut(long userId) implements OnUser {}

  /** Changes a member's nickname: another's or one's own. */
  record SetNickname(long userId) implements OnUser {}

  /** Makes a member the owner. */
  record TransferOwnership(long userId) implements OnUser {}
}
