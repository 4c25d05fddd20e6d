package chat.starling.platform.permission;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** A workspace's roles and owner, in one version. Immutable, ready to compute by. */
public final class WorkspaceRules {

  /** How many roles a workspace may have beside everyone's. */
  public static final int MAX_ROLES = 250;

  private final long version;
  private final long ownerId;
  private final Role everyone;
  private final Role[] roles;
  private final long[] ids;

  /**
   * A workspace's rules.
   *
   * @param version the seq in the workspace's feed of the last change of a role or the owner
   * @param ownerId the user who may do everything
   * @param roles the everyone role and at most {@link #MAX_ROLES} others, in any order
   */
  public WorkspaceRules(long version, long ownerId, Collection<Role> roles) {
    this.version = version;
    this.ownerId = ownerId;
    this.roles = roles.stream().sorted(Comparator.comparingLong(Role::id)).toArray(Role[]::new);
    this.ids = Arrays.stream(this.roles).mapToLong(Role::id).toArray();
    this.everyone = onlyEveryone();
    requireBounds();
  }

  private Role onlyEveryone() {
    Role[] found = Arrays.stream(roles).filter(Role::isEveryone).toArray(Role[]::new);
    if (found.length != 1) {
      throw new IllegalArgumentException(
          "roles at position 0: " + found.length + " (expected: one)");
    }
    return found[0];
  }

  private void requireBounds() {
    if (size() > MAX_ROLES) {
      throw new IllegalArgumentException("roles: " + size() + " (expected: 0..250)");
    }
    if (Arrays.stream(ids).distinct().count() != ids.length) {
      throw new IllegalArgumentException("role ids (expected: each once)");
    }
  }

  /** The seq in the workspace's feed of the last change of this. */
  public long version() {
    return version;
  }

  /**
   * The version of these rules together with the channel's. A change of either makes it larger, as
   * both are seqs of one feed.
   */
  public long versionWith(ChannelRules channel) {
    return Math.max(version, channel.version());
  }

  /** Whether this user may do everything. */
  public boolean isOwner(long userId) {
    return userId == ownerId;
  }

  /** The role that every member has. */
  public Role everyone() {
    return everyone;
  }

  /** How many roles there are beside everyone's. */
  public int size() {
    return roles.length - 1;
  }

  /** The role with this id. */
  public Optional<Role> role(long roleId) {
    int index = indexOf(roleId);
    return index < 0 ? Optional.empty() : Optional.of(roles[index]);
  }

  /** The highest of the member's roles, the everyone role when there is no other. */
  public Role highestOf(Member member) {
    Role highest = everyone;
    for (int i = 0; i < member.roleCount(); i++) {
      int index = indexOf(member.roleAt(i));
      if (index >= 0 && roles[index].isAbove(highest)) {
        highest = roles[index];
      }
    }
    return highest;
  }

  /** What the member's roles permit, everything for the owner and administrators. */
  long base(Member member) {
    if (isOwner(member.userId())) {
      return Permissions.ALL;
    }
    long mask = everyone.mask();
    for (int i = 0; i < member.roleCount(); i++) {
      int index = indexOf(member.roleAt(i));
      mask |= index < 0 ? Permissions.NONE : roles[index].mask();
    }
    return Permission.ADMINISTRATOR.isIn(mask) ? Permissions.ALL : mask & Permissions.ALL;
  }

  /** Whether the workspace has the role and it is not everyone's. */
  boolean isGivable(long roleId) {
    return roleId != everyone.id() && indexOf(roleId) >= 0;
  }

  /** Negative for a role that there is not. */
  private int indexOf(long roleId) {
    return Arrays.binarySearch(ids, roleId);
  }
}
