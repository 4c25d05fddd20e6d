package chat.starling.platform.permission;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A workspace as a person would write it down, in sets and maps, which tests change freely. */
final class World implements WorkspaceState {

  static final long EVERYONE = 1;

  record TestRole(int position, Set<Permission> permits, String name) {}

  record TestMember(Set<Long> roles, long timedOutUntil, String nickname) {}

  record TestOverride(Set<Permission> allow, Set<Permission> deny) {}

  record TestChannel(
      ChannelKind kind,
      boolean archived,
      Set<Long> users,
      Map<Long, TestOverride> roles,
      Map<Long, TestOverride> members) {}

  private static final long FIRST_NEW_ROLE = 500;
  private static final long FIRST_NEW_CHANNEL = 5000;

  long owner;

  /** The id of the next role that is made; no id is used twice. */
  long nextRole = FIRST_NEW_ROLE;

  /** The id of the next channel that is made. */
  long nextChannel = FIRST_NEW_CHANNEL;

  final Map<Long, TestRole> roles = new TreeMap<>();
  final Map<Long, TestMember> members = new TreeMap<>();
  final Map<Long, TestChannel> channels = new TreeMap<>();

  World(long owner, Permission... everyone) {
    this.owner = owner;
    withMember(owner);
    withRole(EVERYONE, 0, everyone);
  }

  World(World other) {
    owner = other.owner;
    nextRole = other.nextRole;
    nextChannel = other.nextChannel;
    roles.putAll(other.roles);
    members.putAll(other.members);
    other.channels.forEach((id, channel) ->
        channels.put(
            id,
            new TestChannel(
                channel.kind,
                channel.archived,
                new HashSet<>(channel.users),
                new HashMap<>(channel.roles),
                new HashMap<>(channel.members))));
  }

  World withRole(long id, int position, Permission... permits) {
    roles.put(id, new TestRole(position, set(permits), "role " + id));
    return this;
  }

  World withMember(long id, Long... memberRoles) {
    members.put(id, new TestMember(Set.of(memberRoles), Member.NOT_TIMED_OUT, "nick " + id));
    return this;
  }

  World withTimeOut(long id, long until) {
    TestMember member = testMember(id);
    members.put(id, new TestMember(member.roles, until, member.nickname));
    return this;
  }

  World withChannel(long id) {
    return withChannel(id, ChannelKind.PUBLIC, false);
  }

  World withChannel(long id, ChannelKind kind, boolean archived, Long... users) {
    Set<Long> in = new HashSet<>(Set.of(users));
    channels.put(id, new TestChannel(kind, archived, in, new HashMap<>(), new HashMap<>()));
    return this;
  }

  World withRoleOverride(long channel, long role, Set<Permission> allow, Set<Permission> deny) {
    testChannel(channel).roles.put(role, new TestOverride(allow, deny));
    return this;
  }

  World withMemberOverride(long channel, long user, Set<Permission> allow, Set<Permission> deny) {
    testChannel(channel).members.put(user, new TestOverride(allow, deny));
    return this;
  }

  TestRole testRole(long id) {
    return Objects.requireNonNull(roles.get(id));
  }

  TestMember testMember(long id) {
    return Objects.requireNonNull(members.get(id));
  }

  TestChannel testChannel(long id) {
    return Objects.requireNonNull(channels.get(id));
  }

  static Set<Permission> set(Permission... permissions) {
    return permissions.length == 0
        ? EnumSet.noneOf(Permission.class)
        : EnumSet.copyOf(List.of(permissions));
  }

  @Override
  public WorkspaceRules rules() {
    List<Role> compiled = new ArrayList<>();
    roles.forEach(
        (id, role) -> compiled.add(new Role(id, role.position, Permissions.of(role.permits))));
    return new WorkspaceRules(1, owner, compiled);
  }

  @Override
  public Optional<Member> member(long userId) {
    return Optional.ofNullable(members.get(userId))
        .map(member ->
            new Member(
                userId,
                1,
                member.timedOutUntil,
                member.roles.stream().mapToLong(Long::longValue).toArray()));
  }

  Member memberOf(long userId) {
    return member(userId).orElseThrow();
  }

  @Override
  public Optional<ChannelRules> channel(long channelId) {
    return Optional.ofNullable(channels.get(channelId))
        .map(channel ->
            new ChannelRules(
                channelId,
                1,
                channel.kind,
                channel.archived,
                compiled(channel.roles),
                compiled(channel.members)));
  }

  ChannelRules channelOf(long channelId) {
    return channel(channelId).orElseThrow();
  }

  @Override
  public boolean isInChannel(long channelId, long userId) {
    return channels.containsKey(channelId) && testChannel(channelId).users.contains(userId);
  }

  @Override
  public Iterable<ChannelRules> channelsOverriding(long roleId) {
    return channels.keySet().stream()
        .filter(id -> testChannel(id).roles.containsKey(roleId))
        .map(this::channelOf)
        .toList();
  }

  private static Map<Long, ChannelOverride> compiled(Map<Long, TestOverride> overrides) {
    return overrides.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    new ChannelOverride(
                        Permissions.of(entry.getValue().allow),
                        Permissions.of(entry.getValue().deny))));
  }
}
