package chat.starling.platform.permission;

/**
 * What a role or an override may permit. A mask of permissions is a 64-bit number in which each
 * permission has one bit.
 *
 * <p>The bits are part of the wire and the storage format: none ever changes its number or its
 * meaning, and the number of one that goes is not used again. Bit 63 stays 0, so that a mask is
 * positive as a signed number.
 */
public enum Permission {
  /** Everything, in every channel, whatever the overrides there say; no time-out takes effect. */
  ADMINISTRATOR(0, Scope.WORKSPACE),
  /** To change the workspace's name and settings, its word filters among them. */
  MANAGE_WORKSPACE(1, Scope.WORKSPACE),
  /**
   * In the workspace: to create roles, and to edit, delete, give and take those below one's own. In
   * a channel: to set and remove its overrides.
   */
  MANAGE_ROLES(2, Scope.CHANNEL),
  /** To create channels; to rename, archive, restore and delete them and set their slow mode. */
  MANAGE_CHANNELS(3, Scope.CHANNEL),
  /** To create invitations, and to withdraw one's own. */
  CREATE_INVITATIONS(4, Scope.CHANNEL),
  /** To remove members who stand below oneself. They may come back by an invitation. */
  KICK_MEMBERS(5, Scope.WORKSPACE),
  /** To remove members who stand below oneself for good, and to lift bans. */
  BAN_MEMBERS(6, Scope.WORKSPACE),
  /** To time out members who stand below oneself, and to end their time-outs. */
  TIME_OUT_MEMBERS(7, Scope.WORKSPACE),
  /** To change one's own nickname. */
  CHANGE_NICKNAME(8, Scope.WORKSPACE),
  /** To change the nicknames of members who stand below oneself. */
  MANAGE_NICKNAMES(9, Scope.WORKSPACE),
  /** To read the audit log. */
  VIEW_AUDIT_LOG(10, Scope.WORKSPACE),
  /** To see what members report, and to settle it. */
  HANDLE_REPORTS(11, Scope.WORKSPACE),

  /** To know that the channel exists and to get its events. Without it nothing else holds there. */
  VIEW_CHANNEL(16, Scope.CHANNEL),
  /** To read messages from before one looked. */
  READ_HISTORY(17, Scope.CHANNEL),
  /** To send messages to the channel itself, and to edit and delete one's own. */
  SEND_MESSAGES(18, Scope.CHANNEL),
  /** To send messages to the channel's threads, and to edit and delete one's own. */
  REPLY_IN_THREADS(19, Scope.CHANNEL),
  /** To attach files to one's messages. */
  ATTACH_FILES(20, Scope.CHANNEL),
  /** To react to messages. */
  ADD_REACTIONS(21, Scope.CHANNEL),
  /** To mention all of the channel at once: everyone, channel, here, and any role. */
  MENTION_EVERYONE(22, Scope.CHANNEL),
  /** To send messages to an announcement channel, together with {@link #SEND_MESSAGES}. */
  POST_ANNOUNCEMENTS(23, Scope.CHANNEL),
  /** To send as if the channel had no slow mode. */
  BYPASS_SLOW_MODE(24, Scope.CHANNEL),
  /** To delete other people's messages, and to pin any. */
  MANAGE_MESSAGES(25, Scope.CHANNEL);

  private enum Scope {
    WORKSPACE,
    CHANNEL
  }

  private final int bit;
  private final Scope scope;

  Permission(int bit, Scope scope) {
    this.bit = bit;
    this.scope = scope;
  }

  /** The number of its bit, 0 to 62. */
  public int bit() {
    return bit;
  }

  /** The mask of this permission alone. */
  public long mask() {
    return 1L << bit;
  }

  /** Whether an override may allow or deny it in one channel. */
  public boolean isOverridable() {
    return scope == Scope.CHANNEL;
  }

  /** Whether the mask holds it. */
  public boolean isIn(long mask) {
    return (mask & mask()) != 0;
  }
}
