package chat.starling.platform.permission;

/** An authority with one check left out. */
final class LenientAuthority extends Authority {

  enum Check {
    NONE,
    OWNER,
    PERMISSION,
    HELD,
    HELD_IN_CHANNEL,
    ABOVE_ROLE,
    ABOVE_MEMBER,
    ABOVE_POSITION
  }

  private final Check leftOut;

  LenientAuthority(WorkspaceState state, Member actor, long nowMillis, Check leftOut) {
    super(state, actor, nowMillis);
    this.leftOut = leftOut;
  }

  @Override
  void requireOwner() {
    if (leftOut != Check.OWNER) {
      super.requireOwner();
    }
  }

  @Override
  void requirePermission(Permission permission) {
    if (leftOut != Check.PERMISSION) {
      super.requirePermission(permission);
    }
  }

  @Override
  void requirePermission(Permission permission, ChannelRules channel) {
    if (leftOut != Check.PERMISSION) {
      super.requirePermission(permission, channel);
    }
  }

  @Override
  void requireHeld(String field, long permitted) {
    if (leftOut != Check.HELD) {
      super.requireHeld(field, permitted);
    }
  }

  @Override
  void requireHeld(String field, long permitted, ChannelRules channel) {
    if (leftOut != Check.HELD_IN_CHANNEL) {
      super.requireHeld(field, permitted, channel);
    }
  }

  @Override
  void requireAbove(Role role) {
    if (leftOut != Check.ABOVE_ROLE) {
      super.requireAbove(role);
    }
  }

  @Override
  void requireAbove(Member member) {
    if (leftOut != Check.ABOVE_MEMBER) {
      super.requireAbove(member);
    }
  }

  @Override
  void requireRemovable(Member member) {
    if (leftOut != Check.ABOVE_MEMBER) {
      super.requireRemovable(member);
    }
  }

  @Override
  void requireAbove(int position) {
    if (leftOut != Check.ABOVE_POSITION) {
      super.requireAbove(position);
    }
  }
}
