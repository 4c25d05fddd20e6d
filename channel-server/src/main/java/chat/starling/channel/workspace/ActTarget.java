package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.channel.directory.ChannelName;
import java.util.List;

/**
 * Whom and what an act is on; 0 where there is none.
 *
 * @param roleInChannels the role on whose overrides in all channels the decision depends
 * @param counted the role on the number of whose overrides it depends
 * @param name which no other channel may have; empty when the act gives none
 * @param directUserIds whose direct channel it is on, the actor among them, in rising order
 */
record ActTarget(
    long userId,
    long channelId,
    long roleInChannels,
    long counted,
    String name,
    List<Long> directUserIds) {

  private static final ActTarget NONE = user(0);

  ActTarget {
    directUserIds = List.copyOf(directUserIds);
  }

  /** What the actor's act is on; refuses what names nothing that there can be. */
  static ActTarget of(Act act, long actorId) {
    return switch (act.getActCase()) {
      case GIVE_ROLE -> roleOf(act.getGiveRole().getUserId(), act.getGiveRole().getRoleId());
      case TAKE_ROLE -> roleOf(act.getTakeRole().getUserId(), act.getTakeRole().getRoleId());
      case DELETE_ROLE -> roleOf(0, act.getDeleteRole().getRoleId());
      case SET_OVERRIDE ->
          override(act.getSetOverride().getChannelId(), act.getSetOverride().getOverride());
      case REMOVE_OVERRIDE ->
          inChannel(
              act.getRemoveOverride().getChannelId(),
              act.getRemoveOverride().getOverride().getUserId());
      case KICK -> user(act.getKick().getUserId());
      case BAN -> user(act.getBan().getUserId());
      case LIFT_BAN -> user(act.getLiftBan().getUserId());
      case TIME_OUT -> user(act.getTimeOut().getUserId());
      case LIFT_TIME_OUT -> user(act.getLiftTimeOut().getUserId());
      case SET_NICKNAME -> user(act.getSetNickname().getUserId());
      case TRANSFER_OWNERSHIP -> user(act.getTransferOwnership().getUserId());
      case ARCHIVE_CHANNEL -> inChannel(act.getArchiveChannel().getChannelId(), 0);
      case RESTORE_CHANNEL -> inChannel(act.getRestoreChannel().getChannelId(), 0);
      case CREATE_CHANNEL -> named(0, act.getCreateChannel().getName());
      case RENAME_CHANNEL ->
          named(act.getRenameChannel().getChannelId(), act.getRenameChannel().getName());
      case SET_TOPIC -> inChannel(act.getSetTopic().getChannelId(), 0);
      case SET_SLOW_MODE -> inChannel(act.getSetSlowMode().getChannelId(), 0);
      case JOIN_CHANNEL -> inChannel(act.getJoinChannel().getChannelId(), 0);
      case LEAVE_CHANNEL -> inChannel(act.getLeaveChannel().getChannelId(), 0);
      case ADD_TO_CHANNEL ->
          inChannel(act.getAddToChannel().getChannelId(), act.getAddToChannel().getUserId());
      case REMOVE_FROM_CHANNEL ->
          inChannel(
              act.getRemoveFromChannel().getChannelId(), act.getRemoveFromChannel().getUserId());
      case OPEN_DIRECT ->
          new ActTarget(0, 0, 0, 0, "", DirectUsers.of(actorId, act.getOpenDirect()));
      default -> NONE;
    };
  }

  private static ActTarget user(long userId) {
    return inChannel(0, userId);
  }

  private static ActTarget inChannel(long channelId, long userId) {
    return new ActTarget(userId, channelId, 0, 0, "", List.of());
  }

  private static ActTarget named(long channelId, String name) {
    return new ActTarget(0, channelId, 0, 0, ChannelName.check(name), List.of());
  }

  private static ActTarget roleOf(long userId, long roleId) {
    return new ActTarget(userId, 0, roleId, 0, "", List.of());
  }

  private static ActTarget override(long channelId, OverrideRow override) {
    return new ActTarget(override.getUserId(), channelId, 0, override.getRoleId(), "", List.of());
  }
}
