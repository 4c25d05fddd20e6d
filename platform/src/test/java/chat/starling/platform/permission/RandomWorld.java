package chat.starling.platform.permission;

import chat.starling.platform.permission.World.TestChannel;
import chat.starling.platform.permission.World.TestMember;
import chat.starling.platform.permission.World.TestOverride;
import chat.starling.platform.permission.World.TestRole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes workspaces of every shape within given sizes. */
record RandomWorld(RandomGenerator random, int roles, int members, int channels) {

  static final long NOW = 1_800_000_000_000L;
  static final long FIRST_ROLE = 2;
  static final long FIRST_MEMBER = 1000;
  static final long FIRST_CHANNEL = 2000;
  private static final Set<Permission> OVERRIDABLE = overridable();
  private static final List<ChannelKind> KINDS = List.of(ChannelKind.values());

  World next() {
    World world = new World(FIRST_MEMBER + random.nextInt(members));
    world.roles.put(World.EVERYONE, new TestRole(0, permissions(everyoneShare()), "everyone"));
    for (int i = 0; i < roles; i++) {
      int position = 1 + random.nextInt(roles);
      world.roles.put(FIRST_ROLE + i, new TestRole(position, roleMask(), "role " + i));
    }
    for (int i = 0; i < members; i++) {
      world.members.put(FIRST_MEMBER + i, member(world, i));
    }
    for (int i = 0; i < channels; i++) {
      world.channels.put(FIRST_CHANNEL + i, channel(world));
    }
    return world;
  }

  private TestMember member(World world, int index) {
    Set<Long> held = new HashSet<>(some(world.roles.keySet(), random.nextDouble()));
    held.remove(World.EVERYONE);
    if (random.nextInt(8) == 0) {
      held.add(FIRST_ROLE + roles + 7L); // a role that was deleted
    }
    long until = random.nextInt(8) == 0 ? NOW + random.nextInt(-5, 5) : Member.NOT_TIMED_OUT;
    return new TestMember(held, until, "member " + index);
  }

  private TestChannel channel(World world) {
    List<Long> targets = new ArrayList<>(world.roles.keySet());
    targets.add(FIRST_ROLE + roles + 7L);
    return new TestChannel(
        KINDS.get(random.nextInt(KINDS.size())),
        random.nextInt(8) == 0,
        new HashSet<>(some(world.members.keySet(), random.nextDouble())),
        overrides(targets, random.nextDouble()),
        overrides(List.copyOf(world.members.keySet()), 0.2));
  }

  private Map<Long, TestOverride> overrides(List<Long> targets, double share) {
    Map<Long, TestOverride> overrides = new HashMap<>();
    some(targets, share).forEach(target -> overrides.put(target, override()));
    return overrides;
  }

  TestOverride override() {
    Set<Permission> allow = permissions(random.nextDouble(0.5));
    Set<Permission> deny = permissions(random.nextDouble(0.5));
    allow.retainAll(OVERRIDABLE);
    deny.retainAll(OVERRIDABLE);
    deny.removeAll(allow);
    return new TestOverride(allow, deny);
  }

  Set<Permission> roleMask() {
    Set<Permission> mask = permissions(random.nextDouble(0.7));
    if (random.nextInt(10) > 0) {
      mask.remove(Permission.ADMINISTRATOR);
    }
    return mask;
  }

  private double everyoneShare() {
    return random.nextBoolean() ? 0.3 : 0.7;
  }

  private Set<Permission> permissions(double share) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    permissions.addAll(some(EnumSet.allOf(Permission.class), share));
    return permissions;
  }

  private <T> List<T> some(Iterable<T> all, double share) {
    List<T> chosen = new ArrayList<>();
    for (T each : all) {
      if (random.nextDouble() < share) {
        chosen.add(each);
      }
    }
    return chosen;
  }

  private static Set<Permission> overridable() {
    Set<Permission> permissions = EnumSet.allOf(Permission.class);
    permissions.removeIf(permission -> !permission.isOverridable());
    return permissions;
  }
}
