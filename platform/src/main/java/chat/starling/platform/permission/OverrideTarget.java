package chat.starling.platform.permission;

/** Whom an override in a channel is for. */
public sealed interface OverrideTarget {

  /** All who have the role. */
  record OfRole(long roleId) implements OverrideTarget {}

  /** One member. */
  record OfMember(long userId) implements OverrideTarget {}
}
