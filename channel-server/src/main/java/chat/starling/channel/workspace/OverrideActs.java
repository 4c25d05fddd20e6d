package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.ChannelOverride;
import chat.starling.platform.permission.OverrideTarget;
import chat.starling.platform.refusal.Refuse;

/** What acts on overrides make of the rows. */
final class OverrideActs {

  private final ActRules rules;
  private final Situation situation;

  OverrideActs(ActRules rules, Situation situation) {
    this.rules = rules;
    this.situation = situation;
  }

  Outcome decide(Act act, long expectedVersion) {
    return switch (act.getActCase()) {
      case SET_OVERRIDE -> set(act.getSetOverride(), expectedVersion);
      case REMOVE_OVERRIDE -> remove(act.getRemoveOverride(), expectedVersion);
      default -> throw new IllegalArgumentException("no act on an override: " + act.getActCase());
    };
  }

  private Outcome set(Act.SetOverride act, long expectedVersion) {
    OverrideRow row = act.getOverride();
    long channelId = act.getChannelId();
    rules.check(
        new SetOverride(
            channelId, target(row), new ChannelOverride(row.getAllow(), row.getDeny())));
    ChannelState channel = situation.existing(channelId);
    ActRules.requireVersion(expectedVersion, channel.version());
    requireRoom(channel, row);
    return Outcome.of(Outcome.override(channelId, row));
  }

  /** Deleting a role, and giving it, looks at every channel that overrides it. */
  private void requireRoom(ChannelState channel, OverrideRow row) {
    boolean added =
        row.hasRoleId()
            && channel.overrides().stream().noneMatch(one -> one.getRoleId() == row.getRoleId());
    if (added && situation.details().overridden() >= WorkspaceStore.MOST_OVERRIDDEN) {
      throw Refuse.because(Reason.REASON_LIMIT_REACHED)
          .field("act.set_override.override")
          .value(situation.details().overridden())
          .expected("fewer than " + WorkspaceStore.MOST_OVERRIDDEN + " channels for one role")
          .toException();
    }
  }

  private Outcome remove(Act.RemoveOverride act, long expectedVersion) {
    OverrideRow row = act.getOverride().toBuilder().clearAllow().clearDeny().build();
    rules.check(new RemoveOverride(act.getChannelId(), target(row)));
    ActRules.requireVersion(expectedVersion, situation.existing(act.getChannelId()).version());
    return Outcome.of(Outcome.override(act.getChannelId(), row));
  }

  private static OverrideTarget target(OverrideRow row) {
    return row.hasUserId()
        ? new OverrideTarget.OfMember(row.getUserId())
        : new OverrideTarget.OfRole(row.getRoleId());
  }
}
