package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.OnOverride;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import chat.starling.platform.permission.OverrideTarget.OfRole;
import chat.starling.platform.refusal.Refuse;

/** Who may change the overrides of a channel. */
final class OverrideRules {

  private final WorkspaceState state;
  private final Existing existing;
  private final Authority authority;

  OverrideRules(WorkspaceState state, Authority authority) {
    this.state = state;
    this.existing = new Existing(state);
    this.authority = authority;
  }

  void check(OnOverride act) {
    switch (act) {
      case SetOverride set -> check(set.channelId(), set.target(), set.override());
      case RemoveOverride remove ->
          check(remove.channelId(), remove.target(), ChannelOverride.NONE);
    }
  }

  private void check(long channelId, OverrideTarget target, ChannelOverride after) {
    ChannelRules channel = authority.requireVisible(state.channel(channelId), channelId);
    authority.requirePermission(Permission.MANAGE_ROLES, channel);
    requireSound(after);
    requireAbove(target);
    ChannelOverride before = overrideOf(target, channel);
    authority.requireHeld("override", after.raisedFrom(before), channel);
    requireRoom(channel, target, before, after);
  }

  private static void requireSound(ChannelOverride override) {
    Permissions.check("override.allow", override.allow(), Permissions.OVERRIDABLE);
    Permissions.check(
        "override.deny", override.deny(), Permissions.OVERRIDABLE & ~override.allow());
  }

  /** Nobody overrides for himself: it would outlast the role by which he may. */
  private void requireAbove(OverrideTarget target) {
    switch (target) {
      case OfRole(long id) -> authority.requireAbove(existing.role(id));
      case OfMember(long id) -> authority.requireAbove(existing.member(id));
    }
  }

  private static ChannelOverride overrideOf(OverrideTarget target, ChannelRules channel) {
    return switch (target) {
      case OfRole(long id) -> channel.ofRole(id);
      case OfMember(long id) -> channel.ofMember(id);
    };
  }

  private static void requireRoom(
      ChannelRules channel, OverrideTarget target, ChannelOverride before, ChannelOverride after) {
    boolean added =
        target instanceof OfMember
            && before.equals(ChannelOverride.NONE)
            && !after.equals(ChannelOverride.NONE);
    if (added && channel.members().size() >= ChannelRules.MAX_MEMBER_OVERRIDES) {
      throw Refuse.because(Reason.REASON_LIMIT_REACHED)
          .field("override")
          .value(channel.members().size())
          .expected("fewer than " + ChannelRules.MAX_MEMBER_OVERRIDES + " members' in a channel")
          .toException();
    }
  }
}
