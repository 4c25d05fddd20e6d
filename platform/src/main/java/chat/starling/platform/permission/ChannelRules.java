package chat.starling.platform.permission;

import java.util.Map;

/**
 * What a channel makes of its workspace's roles, in one version. Immutable, ready to compute by.
 */
public final class ChannelRules {

  /** How many members may have an override of their own in a channel. */
  public static final int MAX_MEMBER_OVERRIDES = 500;

  private final long channelId;
  private final long version;
  private final ChannelKind kind;
  private final boolean archived;
  private final OverrideTable roles;
  private final OverrideTable members;

  /**
   * A channel's rules.
   *
   * @param version the seq in the workspace's feed of the last change of any of this
   * @param kind who may see it and write there
   * @param archived whether nobody may write
   * @param roles overrides by role id, the everyone role's among them; those of roles that the
   *     workspace does not have count for nothing
   * @param members overrides by user id
   */
  public ChannelRules(
      long channelId,
      long version,
      ChannelKind kind,
      boolean archived,
      Map<Long, ChannelOverride> roles,
      Map<Long, ChannelOverride> members) {
    this.channelId = channelId;
    this.version = version;
    this.kind = kind;
    this.archived = archived;
    this.roles = new OverrideTable(roles);
    this.members = new OverrideTable(members);
  }

  /** Which channel. */
  public long channelId() {
    return channelId;
  }

  /** The seq in the workspace's feed of the last change of this. */
  public long version() {
    return version;
  }

  /** Who may see it and write there. */
  public ChannelKind kind() {
    return kind;
  }

  /** Whether nobody may write. */
  public boolean isArchived() {
    return archived;
  }

  /** The role's override; {@link ChannelOverride#NONE} when it has none. */
  public ChannelOverride ofRole(long roleId) {
    return roles.of(roleId);
  }

  /** The member's own override; {@link ChannelOverride#NONE} when there is none. */
  public ChannelOverride ofMember(long userId) {
    return members.of(userId);
  }

  OverrideTable roles() {
    return roles;
  }

  OverrideTable members() {
    return members;
  }
}
