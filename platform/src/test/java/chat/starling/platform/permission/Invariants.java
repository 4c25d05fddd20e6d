package chat.starling.platform.permission;

import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.AdministrativeAct.JoinChannel;
import chat.starling.platform.permission.AdministrativeAct.OnChannel;
import chat.starling.platform.permission.AdministrativeAct.OnOverride;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.World.TestMember;
import chat.starling.platform.permission.World.TestOverride;
import chat.starling.platform.permission.World.TestRole;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds after every allowed act, as docs/permissions.md numbers it, judged by the reference
 * model alone.
 */
final class Invariants {

  private static final long NOW = RandomWorld.NOW;

  private final ReferenceModel model = new ReferenceModel();
  private final World before;
  private final World after;
  private final AdministrativeAct act;
  private final long actor;
  private final Set<Permission> held;

  Invariants(World before, World after, AdministrativeAct act, long actor) {
    this.before = before;
    this.after = after;
    this.act = act;
    this.actor = actor;
    this.held = model.inWorkspace(before, actor, NOW);
  }

  /** The first that does not hold; empty when all do. */
  String broken() {
    if (!actsByPermission()) {
      return "0: lacked the permission for it";
    }
    for (long user : after.members.keySet()) {
      if (user == actor && rises(user)) {
        return "1: rose by his own act";
      }
      if (gainsTooMuch(user)) {
        return "2: gave user " + user + " what he lacks";
      }
    }
    for (long role : after.roles.keySet()) {
      if (!held.containsAll(gained(permits(before, role), permits(after, role)))) {
        return "2: put into role " + role + " what he lacks";
      }
    }
    return before.owner == actor ? "" : brokenOrder();
  }

  private boolean actsByPermission() {
    return switch (act) {
      case OnOverride onOverride -> seesWith(Permission.MANAGE_ROLES, channelOf(onOverride));
      case OnChannel onChannel -> actsByPermission(onChannel);
      case AdministrativeAct.OnRole _ -> held.contains(Permission.MANAGE_ROLES);
      case AdministrativeAct.Kick _ -> held.contains(Permission.KICK_MEMBERS);
      case AdministrativeAct.Ban _, AdministrativeAct.LiftBan _ ->
          held.contains(Permission.BAN_MEMBERS);
      case AdministrativeAct.TimeOut _, AdministrativeAct.LiftTimeOut _ ->
          held.contains(Permission.TIME_OUT_MEMBERS);
      case AdministrativeAct.SetNickname(long user) ->
          held.contains(user == actor ? Permission.CHANGE_NICKNAME : Permission.MANAGE_NICKNAMES);
      case AdministrativeAct.TransferOwnership _ -> before.owner == actor;
    };
  }

  private boolean actsByPermission(OnChannel act) {
    return switch (act) {
      case CreateChannel(ChannelKind kind) ->
          kind != ChannelKind.DIRECT && held.contains(Permission.MANAGE_CHANNELS);
      case ChangeChannel(long id) -> seesWith(Permission.MANAGE_CHANNELS, id);
      case JoinChannel(long id) -> seesWith(Permission.VIEW_CHANNEL, id);
      case AddToChannel(long id, long _) -> seesWith(Permission.CREATE_INVITATIONS, id);
      case RemoveFromChannel(long id, long _) -> seesWith(Permission.MANAGE_CHANNELS, id);
    };
  }

  private boolean seesWith(Permission permission, long channel) {
    return model
        .live(before, channel, actor, NOW)
        .containsAll(EnumSet.of(Permission.VIEW_CHANNEL, permission));
  }

  private static long channelOf(OnOverride act) {
    return switch (act) {
      case SetOverride set -> set.channelId();
      case RemoveOverride remove -> remove.channelId();
    };
  }

  private boolean rises(long user) {
    boolean inWorkspace = !gained(model.base(before, user), model.base(after, user)).isEmpty();
    return inWorkspace
        || before.channels.keySet().stream()
            .anyMatch(channel ->
                !gained(
                        model.live(before, channel, user, NOW),
                        model.live(after, channel, user, NOW))
                    .isEmpty());
  }

  private boolean gainsTooMuch(long user) {
    Set<Permission> inWorkspace = gained(model.base(before, user), model.base(after, user));
    return !held.containsAll(inWorkspace)
        || before.channels.keySet().stream()
            .anyMatch(channel -> gainsTooMuch(user, channel, inWorkspace));
  }

  private boolean gainsTooMuch(long user, long channel, Set<Permission> inWorkspace) {
    if (act.equals(new AddToChannel(channel, user))) {
      return before.testChannel(channel).kind() == ChannelKind.DIRECT;
    }
    Set<Permission> gained =
        gained(model.granted(before, channel, user), model.granted(after, channel, user));
    gained.removeAll(inWorkspace);
    gained.removeAll(model.live(before, channel, actor, NOW));
    return !gained.isEmpty();
  }

  private String brokenOrder() {
    if (!after.members.containsKey(actor) || highest(before, actor) != highest(after, actor)) {
      return "1: changed where he stands";
    }
    Set<Long> roles = new HashSet<>(before.roles.keySet());
    roles.addAll(after.roles.keySet());
    for (long role : roles) {
      boolean untouchable = standsAtOrAbove(before, role) || standsAtOrAbove(after, role);
      if (untouchable && !sameRole(role)) {
        return "3: changed role " + role + " at or above his own";
      }
    }
    for (long user : before.members.keySet()) {
      boolean wasAtOrAbove = memberAtOrAbove(before, user);
      if (wasAtOrAbove && !sameMember(user)) {
        return "4: changed user " + user + " at or above him";
      }
      if (!wasAtOrAbove && after.members.containsKey(user) && memberAtOrAbove(after, user)) {
        return "3: raised user " + user + " to himself";
      }
    }
    return before.owner == after.owner ? "" : "4: changed the owner";
  }

  private boolean sameRole(long role) {
    return Objects.equals(before.roles.get(role), after.roles.get(role))
        && before.channels.keySet().stream()
            .allMatch(channel ->
                Objects.equals(
                    before.testChannel(channel).roles().get(role),
                    after.testChannel(channel).roles().get(role)));
  }

  private boolean sameMember(long user) {
    @Nullable TestMember then = after.members.get(user);
    boolean same = user == actor ? isSameBesideOwnNameAndRoles(then) : isSame(user, then);
    return same
        && before.channels.keySet().stream()
            .allMatch(channel ->
                Objects.equals(own(before, channel, user), own(after, channel, user))
                    && (after.isInChannel(channel, user) || !before.isInChannel(channel, user)));
  }

  private boolean isSame(long user, @Nullable TestMember then) {
    return before.testMember(user).equals(then);
  }

  private boolean isSameBesideOwnNameAndRoles(@Nullable TestMember then) {
    return then != null && then.timedOutUntil() == before.testMember(actor).timedOutUntil();
  }

  private static @Nullable TestOverride own(World world, long channel, long user) {
    return world.testChannel(channel).members().get(user);
  }

  private boolean memberAtOrAbove(World world, long user) {
    return user == world.owner || standsAtOrAbove(world, highest(world, user));
  }

  /** Measured by where the actor stood before the act. */
  private boolean standsAtOrAbove(World world, long role) {
    long own = highest(before, actor);
    return world.roles.containsKey(role) && !isAbove(before, own, world, role);
  }

  /** Whether a role, as one world has it, stands above another, as another world has that. */
  private static boolean isAbove(World world, long role, World others, long other) {
    int position = positionOf(world, role);
    int otherPosition = positionOf(others, other);
    return position == otherPosition ? role < other : position > otherPosition;
  }

  private static long highest(World world, long user) {
    long highest = World.EVERYONE;
    for (long role : world.testMember(user).roles()) {
      if (world.roles.containsKey(role) && isAbove(world, role, world, highest)) {
        highest = role;
      }
    }
    return highest;
  }

  private static int positionOf(World world, long role) {
    return world.testRole(role).position();
  }

  private static Set<Permission> permits(World world, long role) {
    @Nullable TestRole found = world.roles.get(role);
    return found == null ? World.set() : found.permits();
  }

  private static Set<Permission> gained(Set<Permission> from, Set<Permission> to) {
    Set<Permission> gained = EnumSet.noneOf(Permission.class);
    gained.addAll(to);
    gained.removeAll(from);
    return gained;
  }
}
