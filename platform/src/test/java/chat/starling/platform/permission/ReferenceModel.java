package chat.starling.platform.permission;

import chat.starling.platform.permission.World.TestChannel;
import chat.starling.platform.permission.World.TestOverride;
import java.util.EnumSet;
import java.util.Set;

/** docs/permissions.md once more, step by step with sets; any one step can be left out. */
record ReferenceModel(Set<Step> without) {

  enum Step {
    OWNER,
    ROLES,
    ADMINISTRATOR,
    DIRECT,
    PRIVATE,
    EVERYONE_DENY,
    EVERYONE_ALLOW,
    ROLE_DENY,
    ROLE_ALLOW,
    MEMBER_DENY,
    MEMBER_ALLOW,
    VIEW,
    ANNOUNCEMENT,
    SENDING,
    ARCHIVE,
    TIME_OUT
  }

  ReferenceModel() {
    this(Set.of());
  }

  Set<Permission> base(World world, long user) {
    Set<Permission> all = EnumSet.allOf(Permission.class);
    if (has(Step.OWNER) && world.owner == user) {
      return all;
    }
    Set<Permission> permits = copy(world.testRole(World.EVERYONE).permits());
    for (long role : world.testMember(user).roles()) {
      if (has(Step.ROLES) && world.roles.containsKey(role)) {
        permits.addAll(world.testRole(role).permits());
      }
    }
    return has(Step.ADMINISTRATOR) && permits.contains(Permission.ADMINISTRATOR) ? all : permits;
  }

  /** What kind, roles and overrides give, before anything takes it from all alike. */
  Set<Permission> granted(World world, long channelId, long user) {
    TestChannel channel = world.testChannel(channelId);
    boolean in = channel.users().contains(user);
    if (has(Step.DIRECT) && channel.kind() == ChannelKind.DIRECT) {
      return in ? copy(TALKING) : World.set();
    }
    Set<Permission> permits = base(world, user);
    if (permits.contains(Permission.ADMINISTRATOR)) {
      return permits;
    }
    if (has(Step.PRIVATE) && channel.kind() == ChannelKind.PRIVATE && !in) {
      return World.set();
    }
    TestOverride everyone = channel.roles().getOrDefault(World.EVERYONE, NONE);
    change(permits, everyone, Step.EVERYONE_DENY, Step.EVERYONE_ALLOW);
    TestOverride joined = new TestOverride(World.set(), World.set());
    for (long role : world.testMember(user).roles()) {
      if (world.roles.containsKey(role)) {
        joined.allow().addAll(channel.roles().getOrDefault(role, NONE).allow());
        joined.deny().addAll(channel.roles().getOrDefault(role, NONE).deny());
      }
    }
    change(permits, joined, Step.ROLE_DENY, Step.ROLE_ALLOW);
    TestOverride own = channel.members().getOrDefault(user, NONE);
    change(permits, own, Step.MEMBER_DENY, Step.MEMBER_ALLOW);
    return permits;
  }

  /** What the member may do in the channel unless it is archived. */
  Set<Permission> live(World world, long channelId, long user, long now) {
    Set<Permission> permits = granted(world, channelId, user);
    TestChannel channel = world.testChannel(channelId);
    if (has(Step.VIEW) && !permits.contains(Permission.VIEW_CHANNEL)) {
      return World.set();
    }
    boolean mayPost = permits.contains(Permission.POST_ANNOUNCEMENTS);
    if (has(Step.ANNOUNCEMENT) && channel.kind() == ChannelKind.ANNOUNCEMENT && !mayPost) {
      permits.remove(Permission.SEND_MESSAGES);
    }
    boolean sends = permits.contains(Permission.SEND_MESSAGES);
    if (has(Step.SENDING) && !sends && !permits.contains(Permission.REPLY_IN_THREADS)) {
      permits.removeAll(ABOUT_SENDING);
    }
    return inTime(permits, world, user, now);
  }

  Set<Permission> effective(World world, long channelId, long user, long now) {
    Set<Permission> permits = live(world, channelId, user, now);
    if (has(Step.ARCHIVE) && world.testChannel(channelId).archived()) {
      permits.removeAll(WRITING);
    }
    return permits;
  }

  Set<Permission> inWorkspace(World world, long user, long now) {
    return inTime(base(world, user), world, user, now);
  }

  private Set<Permission> inTime(Set<Permission> permits, World world, long user, long now) {
    boolean exempt = base(world, user).contains(Permission.ADMINISTRATOR);
    if (has(Step.TIME_OUT) && now < world.testMember(user).timedOutUntil() && !exempt) {
      permits.retainAll(READING);
    }
    return permits;
  }

  private void change(Set<Permission> permits, TestOverride by, Step deny, Step allow) {
    permits.removeAll(has(deny) ? by.deny() : Set.of());
    permits.addAll(has(allow) ? by.allow() : Set.of());
  }

  private boolean has(Step step) {
    return !without.contains(step);
  }

  private static final TestOverride NONE = new TestOverride(Set.of(), Set.of());
  private static final Set<Permission> READING =
      EnumSet.of(Permission.VIEW_CHANNEL, Permission.READ_HISTORY);
  private static final Set<Permission> TALKING =
      EnumSet.of(
          Permission.VIEW_CHANNEL,
          Permission.READ_HISTORY,
          Permission.SEND_MESSAGES,
          Permission.REPLY_IN_THREADS,
          Permission.ATTACH_FILES,
          Permission.ADD_REACTIONS);
  private static final Set<Permission> ABOUT_SENDING =
      EnumSet.of(Permission.ATTACH_FILES, Permission.MENTION_EVERYONE, Permission.BYPASS_SLOW_MODE);
  private static final Set<Permission> WRITING =
      EnumSet.of(
          Permission.SEND_MESSAGES,
          Permission.REPLY_IN_THREADS,
          Permission.ADD_REACTIONS,
          Permission.ATTACH_FILES,
          Permission.MENTION_EVERYONE,
          Permission.BYPASS_SLOW_MODE);

  private static Set<Permission> copy(Set<Permission> permissions) {
    return EnumSet.copyOf(permissions);
  }
}
