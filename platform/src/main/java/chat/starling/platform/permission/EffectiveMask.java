package chat.starling.platform.permission;

/**
 * What a member may do: the one algorithm, step by step in docs/permissions.md. Allocates nothing
 * but the {@link CachedMask}s asked for.
 */
public final class EffectiveMask {

  private EffectiveMask() {}

  /** What the member may do in the workspace as such at that time, in milliseconds of the epoch. */
  public static long inWorkspace(WorkspaceRules workspace, Member member, long nowMillis) {
    return inTime(workspace.base(member), member, nowMillis);
  }

  /** What the member may do in the channel at that time, in milliseconds of the epoch. */
  public static long inChannel(
      WorkspaceRules workspace, ChannelRules channel, Member member, long nowMillis) {
    return inLife(inLiveChannel(workspace, channel, member, nowMillis), channel);
  }

  /**
   * What the member may do in the channel, to be kept as long as it is {@linkplain CachedMask#isOf
   * of} the versions.
   */
  public static CachedMask cached(WorkspaceRules workspace, ChannelRules channel, Member member) {
    long mask = implied(granted(workspace, channel, member), channel);
    boolean exempt = Permission.ADMINISTRATOR.isIn(mask);
    return new CachedMask(
        inLife(mask, channel),
        exempt ? Member.NOT_TIMED_OUT : member.timedOutUntilMillis(),
        workspace.versionWith(channel),
        member.version());
  }

  /** What the member could do in the channel if it were not archived. */
  static long inLiveChannel(
      WorkspaceRules workspace, ChannelRules channel, Member member, long nowMillis) {
    return inTime(implied(granted(workspace, channel, member), channel), member, nowMillis);
  }

  private static long granted(WorkspaceRules workspace, ChannelRules channel, Member member) {
    long base = workspace.base(member);
    if (Permission.ADMINISTRATOR.isIn(base)) {
      return base;
    }
    OverrideTable roles = channel.roles();
    long mask = roles.apply(workspace.everyone().id(), base);
    long allow = 0;
    long deny = 0;
    for (int i = 0; i < member.roleCount(); i++) {
      int index = roles.indexOf(member.roleAt(i));
      if (index >= 0 && workspace.isGivable(member.roleAt(i))) {
        allow |= roles.allowAt(index);
        deny |= roles.denyAt(index);
      }
    }
    return channel.members().apply(member.userId(), (mask & ~deny) | allow);
  }

  /** Without what is nothing for want of something else. */
  private static long implied(long granted, ChannelRules channel) {
    if (!Permission.VIEW_CHANNEL.isIn(granted)) {
      return Permissions.NONE;
    }
    long mask = granted;
    if (channel.isAnnouncement() && !Permission.POST_ANNOUNCEMENTS.isIn(mask)) {
      mask &= ~Permission.SEND_MESSAGES.mask();
    }
    return (mask & Permissions.SENDING) == 0 ? mask & ~Permissions.NEEDS_SENDING : mask;
  }

  private static long inTime(long mask, Member member, long nowMillis) {
    boolean restricted = member.isTimedOutAt(nowMillis) && !Permission.ADMINISTRATOR.isIn(mask);
    return restricted ? mask & Permissions.KEPT_IN_TIME_OUT : mask;
  }

  private static long inLife(long mask, ChannelRules channel) {
    return channel.isArchived() ? mask & ~Permissions.CLOSED_BY_ARCHIVE : mask;
  }
}
