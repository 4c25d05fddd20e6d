package chat.starling.platform.permission;

/**
 * A member's mask in a channel, computed once and good for one version of the rules and one of the
 * member. A time-out that begins or is lifted is a new version of the member; one that runs out is
 * none, so whoever asks for more than reading says what time it is. Who joins or leaves the channel
 * gets a new mask, of whatever versions the old one was.
 *
 * @param mask without regard to a time-out
 * @param timedOutUntilMillis when a time-out that takes effect ends, in milliseconds of the epoch
 * @param rulesVersion {@link WorkspaceRules#versionWith} the channel's
 * @param memberVersion {@link Member#version}
 */
public record CachedMask(
    long mask, long timedOutUntilMillis, long rulesVersion, long memberVersion) {

  /** The mask before any was computed: of no version, and without any permission. */
  public static final CachedMask NONE = new CachedMask(0, 0, -1, -1);

  /** Whether it was computed from these versions, so that it may be relied on. */
  public boolean isOf(long currentRulesVersion, long currentMemberVersion) {
    return rulesVersion == currentRulesVersion && memberVersion == currentMemberVersion;
  }

  /** Whether the channel's events may be delivered to the member: at any time, timed out or not. */
  public boolean allowsViewing() {
    return (mask & Permission.VIEW_CHANNEL.mask()) != 0;
  }

  /** Whether the member has all of these permissions at that time, in milliseconds of the epoch. */
  public boolean allows(long permissions, long nowMillis) {
    return Permissions.holds(at(nowMillis), permissions);
  }

  /** The member's mask at that time, in milliseconds of the epoch. */
  public long at(long nowMillis) {
    return nowMillis < timedOutUntilMillis ? mask & Permissions.KEPT_IN_TIME_OUT : mask;
  }
}
