package chat.starling.gateway.workspace;

import chat.starling.gateway.delivery.Gate;
import chat.starling.gateway.delivery.ViewPermit;
import chat.starling.platform.permission.CachedMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;
import org.jspecify.annotations.Nullable;

/**
 * What one user may do in one channel: computed when it is first asked for, and again when
 * something has changed. For all threads.
 */
public final class Permit implements ViewPermit {

  /** What was computed, and from which membership. */
  private record Computed(CachedMask mask, boolean joined) {}

  private static final Computed NONE = new Computed(CachedMask.NONE, false);

  private final KnownChannel channel;
  private final Row<Boolean> membership;
  private volatile @Nullable KnownMember member;
  private volatile Computed computed = NONE;

  Permit(KnownChannel channel, Row<Boolean> membership) {
    this.channel = channel;
    this.membership = membership;
  }

  KnownChannel channel() {
    return channel;
  }

  Row<Boolean> membership() {
    return membership;
  }

  @Nullable KnownMember member() {
    return member;
  }

  void isOf(KnownMember user) {
    member = user;
  }

  /** The channel's workspace; 0 when it is not known. */
  public long workspaceId() {
    ChannelFacts facts = channel.row().now();
    return facts == null ? 0 : facts.workspaceId();
  }

  /** The channel; null when it is not known. */
  public @Nullable ChannelFacts facts() {
    return channel.row().now();
  }

  /** What the user may do at that time, in milliseconds of the epoch; nothing when not known. */
  public long mask(long nowMillis) {
    Computed now = look();
    return now == null ? Permissions.NONE : now.mask.at(nowMillis);
  }

  @Override
  public boolean isKnown() {
    return channel.isOpen() && look() != null;
  }

  /** The user is a member of the channel. */
  public boolean isJoined() {
    return Boolean.TRUE.equals(membership.now());
  }

  /** The user may know of the channel. */
  public boolean allowsSeeing() {
    Computed now = look();
    return now != null && now.mask.allowsViewing();
  }

  /** The user has this permission at that time, in milliseconds of the epoch. */
  public boolean allows(Permission permission, long nowMillis) {
    Computed now = look();
    return now != null && now.mask.allows(permission.mask(), nowMillis);
  }

  @Override
  public boolean allowsViewing() {
    Computed now = look();
    return now != null && now.joined && now.mask.allowsViewing();
  }

  @Override
  public Gate gate() {
    return channel;
  }

  /** The mask as of now; null when something that it depends on is not known. */
  private @Nullable Computed look() {
    Replica workspace = channel.workspace();
    KnownMember known = member;
    RulesFacts rules = workspace == null ? null : workspace.rules().now();
    ChannelFacts facts = channel.row().now();
    MemberFacts user = known == null ? null : known.row().now();
    Boolean joined = membership.now();
    if (rules == null || facts == null || user == null || joined == null) {
      return null;
    }
    Computed last = computed;
    if (last.joined == joined
        && last.mask.isOf(rules.rules().versionWith(facts.rules()), user.member().version())) {
      return last;
    }
    Computed next = new Computed(new Standing(rules, user).mask(facts, joined), joined);
    computed = next;
    return next;
  }
}
