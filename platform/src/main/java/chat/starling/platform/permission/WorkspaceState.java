package chat.starling.platform.permission;

import java.util.Optional;

/**
 * What a decision looks at, all of it as of one moment. Whoever asks for a decision has it loaded:
 * the roles, one or two members, and one channel or the channels that override one role, with who
 * of the members is in them.
 */
public interface WorkspaceState {

  /** The roles and the owner. */
  WorkspaceRules rules();

  /** The member with this user id; empty for users who are not members. */
  Optional<Member> member(long userId);

  /** The channel with this id. */
  Optional<ChannelRules> channel(long channelId);

  /** Whether the user is a member of the channel. */
  boolean isInChannel(long channelId, long userId);

  /** Every channel with an override for this role. */
  Iterable<ChannelRules> channelsOverriding(long roleId);
}
