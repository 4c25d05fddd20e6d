package chat.starling.platform.permission;

/**
 * What a channel allows and denies a role or a member, whatever their roles permit elsewhere. Bits
 * that are not {@linkplain Permission#isOverridable overridable} do nothing; a bit in both is
 * allowed.
 */
public record ChannelOverride(long allow, long deny) {

  /** The override of those who have none. */
  public static final ChannelOverride NONE = new ChannelOverride(0, 0);

  /** What could be permitted more under this one than under the other. */
  long raisedFrom(ChannelOverride other) {
    return (allow & ~other.allow) | (other.deny & ~deny);
  }
}
