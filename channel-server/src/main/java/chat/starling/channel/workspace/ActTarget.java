package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.OverrideRow;

/**
 * Whom and what an act is on; 0 where there is none.
 *
 * @param roleInChannels the role on whose overrides in all channels the decision depends
 * @param counted the role on the number of whose overrides it depends
 */
record ActTarget(long userId, long channelId, long roleInChannels, long counted) {

  private static final ActTarget NONE = new ActTarget(0, 0, 0, 0);

  static ActTarget of(Act act) {
    return switch (act.getActCase()) {
      case GIVE_ROLE -> roleOf(act.getGiveRole().getUserId(), act.getGiveRole().getRoleId());
      case TAKE_ROLE -> roleOf(act.getTakeRole().getUserId(), act.getTakeRole().getRoleId());
      case DELETE_ROLE -> roleOf(0, act.getDeleteRole().getRoleId());
      case SET_OVERRIDE ->
          override(act.getSetOverride().getChannelId(), act.getSetOverride().getOverride());
      case REMOVE_OVERRIDE ->
          new ActTarget(
              act.getRemoveOverride().getOverride().getUserId(),
              act.getRemoveOverride().getChannelId(),
              0,
              0);
      case KICK -> user(act.getKick().getUserId());
      case BAN -> user(act.getBan().getUserId());
      case LIFT_BAN -> user(act.getLiftBan().getUserId());
      case TIME_OUT -> user(act.getTimeOut().getUserId());
      case LIFT_TIME_OUT -> user(act.getLiftTimeOut().getUserId());
      case SET_NICKNAME -> user(act.getSetNickname().getUserId());
      case TRANSFER_OWNERSHIP -> user(act.getTransferOwnership().getUserId());
      case ARCHIVE_CHANNEL -> new ActTarget(0, act.getArchiveChannel().getChannelId(), 0, 0);
      case RESTORE_CHANNEL -> new ActTarget(0, act.getRestoreChannel().getChannelId(), 0, 0);
      default -> NONE;
    };
  }

  private static ActTarget user(long userId) {
    return new ActTarget(userId, 0, 0, 0);
  }

  private static ActTarget roleOf(long userId, long roleId) {
    return new ActTarget(userId, 0, roleId, 0);
  }

  private static ActTarget override(long channelId, OverrideRow override) {
    return new ActTarget(override.getUserId(), channelId, 0, override.getRoleId());
  }
}
