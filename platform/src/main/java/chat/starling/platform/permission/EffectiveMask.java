package chat.starling.platform.permission;

/**
 * What a member may do: the one algorithm, step by step in docs/permissions.md. Allocates nothing
 * but the {@link CachedMask}s asked for.
 */
public final class EffectiveMask {

  private EffectiveMask() {}

  /** What the member may do in the workspace as such at that time, in milliseconds of the epoch. */
  public static long inWorkspace(WorkspaceRules workspace, Member member, long nowMillis) {
    long base = workspace.base(member);
    return inTime(base, base, member, nowMillis);
  }

  /**
   * What the member of the workspace may do in the channel at that time, in milliseconds of the
   * epoch.
   *
   * @param inChannel whether he is a member of the channel
   */
  public static long inChannel(
      WorkspaceRules workspace,
      ChannelRules channel,
      Member member,
      boolean inChannel,
      long nowMillis) {
    return inLife(inLiveChannel(workspace, channel, member, inChannel, nowMillis), channel);
  }

  /**
   * What the member of the workspace may do in the channel, to be kept as long as it is {@linkplain
   * CachedMask#isOf of} the versions and he neither joins nor leaves the channel.
   *
   * @param inChannel whether he is a member of the channel
   */
  public static CachedMask cached(
      WorkspaceRules workspace, ChannelRules channel, Member member, boolean inChannel) {
    long base = workspace.base(member);
    return new CachedMask(
        inLife(ofKind(workspace, channel, member, inChannel, base), channel),
        isExempt(base) ? Member.NOT_TIMED_OUT : member.timedOutUntilMillis(),
        workspace.versionWith(channel),
        member.version());
  }

  /** What the member could do in the channel if it were not archived. */
  static long inLiveChannel(
      WorkspaceRules workspace,
      ChannelRules channel,
      Member member,
      boolean inChannel,
      long nowMillis) {
    long base = workspace.base(member);
    return inTime(ofKind(workspace, channel, member, inChannel, base), base, member, nowMillis);
  }

  private static long ofKind(
      WorkspaceRules workspace, ChannelRules channel, Member member, boolean inChannel, long base) {
    return switch (channel.kind()) {
      case DIRECT -> inChannel ? Permissions.DIRECT : Permissions.NONE;
      case PRIVATE ->
          inChannel || isExempt(base)
              ? byRoles(workspace, channel, member, base)
              : Permissions.NONE;
      case PUBLIC, ANNOUNCEMENT -> byRoles(workspace, channel, member, base);
    };
  }

  private static long byRoles(
      WorkspaceRules workspace, ChannelRules channel, Member member, long base) {
    return implied(granted(workspace, channel, member, base), channel);
  }

  private static long granted(
      WorkspaceRules workspace, ChannelRules channel, Member member, long base) {
    if (isExempt(base)) {
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
    if (channel.kind() == ChannelKind.ANNOUNCEMENT && !Permission.POST_ANNOUNCEMENTS.isIn(mask)) {
      mask &= ~Permission.SEND_MESSAGES.mask();
    }
    return (mask & Permissions.SENDING) == 0 ? mask & ~Permissions.NEEDS_SENDING : mask;
  }

  private static long inTime(long mask, long base, Member member, long nowMillis) {
    boolean restricted = member.isTimedOutAt(nowMillis) && !isExempt(base);
    return restricted ? mask & Permissions.KEPT_IN_TIME_OUT : mask;
  }

  private static long inLife(long mask, ChannelRules channel) {
    return channel.isArchived() ? mask & ~Permissions.CLOSED_BY_ARCHIVE : mask;
  }

  /** Whether overrides and time-outs are nothing to who has this base. */
  private static boolean isExempt(long base) {
    return Permission.ADMINISTRATOR.isIn(base);
  }
}
