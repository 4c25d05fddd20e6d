package chat.starling.platform.permission;

import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.JoinChannel;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftBan;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.OnChannel;
import chat.starling.platform.permission.AdministrativeAct.OnOverride;
import chat.starling.platform.permission.AdministrativeAct.OnRole;
import chat.starling.platform.permission.AdministrativeAct.OnUser;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.permission.OverrideTarget.OfMember;
import chat.starling.platform.permission.OverrideTarget.OfRole;
import chat.starling.platform.permission.World.TestChannel;
import chat.starling.platform.permission.World.TestMember;
import chat.starling.platform.permission.World.TestOverride;
import chat.starling.platform.permission.World.TestRole;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What an act does to a world when it is carried out. */
final class Change {

  private Change() {}

  static World after(World before, AdministrativeAct act, long actor) {
    World world = new World(before);
    switch (act) {
      case OnRole onRole -> change(world, onRole);
      case OnChannel onChannel -> change(world, onChannel, actor);
      case OnOverride onOverride -> change(world, onOverride);
      case OnUser onUser -> change(world, onUser);
    }
    return world;
  }

  private static void change(World world, OnRole act) {
    switch (act) {
      case CreateRole create -> {
        Set<Permission> permits = Permissions.in(create.mask());
        world.roles.put(world.nextRole++, new TestRole(create.position(), permits, "new"));
      }
      case RenameRole(long id) ->
          put(world, id, old -> new TestRole(old.position(), old.permits(), old.name() + "+"));
      case SetRoleMask(long id, long mask) ->
          put(world, id, old -> new TestRole(old.position(), Permissions.in(mask), old.name()));
      case MoveRole(long id, int position) ->
          put(world, id, old -> new TestRole(position, old.permits(), old.name()));
      case DeleteRole(long id) -> world.roles.remove(id);
      case GiveRole(long user, long role) -> changeRoles(world, user, held -> held.add(role));
      case TakeRole(long user, long role) -> changeRoles(world, user, held -> held.remove(role));
    }
  }

  private static void put(World world, long role, UnaryOperator<TestRole> change) {
    world.roles.put(role, change.apply(world.testRole(role)));
  }

  private static void changeRoles(World world, long user, Consumer<Set<Long>> change) {
    TestMember old = world.testMember(user);
    Set<Long> held = new HashSet<>(old.roles());
    change.accept(held);
    world.members.put(user, new TestMember(held, old.timedOutUntil(), old.nickname()));
  }

  private static void change(World world, OnChannel act, long actor) {
    switch (act) {
      case CreateChannel(ChannelKind kind) ->
          world.withChannel(world.nextChannel++, kind, false, actor);
      case ChangeChannel(long id) -> {
        TestChannel old = world.testChannel(id);
        world.channels.put(
            id,
            new TestChannel(old.kind(), !old.archived(), old.users(), old.roles(), old.members()));
      }
      case JoinChannel(long id) -> world.testChannel(id).users().add(actor);
      case AddToChannel(long id, long user) -> world.testChannel(id).users().add(user);
      case RemoveFromChannel(long id, long user) -> world.testChannel(id).users().remove(user);
    }
  }

  private static void change(World world, OnOverride act) {
    switch (act) {
      case SetOverride(long channel, OverrideTarget target, ChannelOverride override) ->
          overridesOf(world.testChannel(channel), target)
              .put(
                  idOf(target),
                  new TestOverride(
                      Permissions.in(override.allow()), Permissions.in(override.deny())));
      case RemoveOverride(long channel, OverrideTarget target) ->
          overridesOf(world.testChannel(channel), target).remove(idOf(target));
    }
  }

  static Map<Long, TestOverride> overridesOf(TestChannel channel, OverrideTarget target) {
    return target instanceof OfRole ? channel.roles() : channel.members();
  }

  static long idOf(OverrideTarget target) {
    return switch (target) {
      case OfRole(long id) -> id;
      case OfMember(long id) -> id;
    };
  }

  private static void change(World world, OnUser act) {
    switch (act) {
      case Kick(long user) -> world.members.remove(user);
      case Ban(long user) -> world.members.remove(user);
      case LiftBan _ -> {}
      case TimeOut(long user, long until) -> world.withTimeOut(user, until);
      case LiftTimeOut(long user) -> world.withTimeOut(user, Member.NOT_TIMED_OUT);
      case SetNickname(long user) -> {
        TestMember old = world.testMember(user);
        String name = old.nickname() + "+";
        world.members.put(user, new TestMember(old.roles(), old.timedOutUntil(), name));
      }
      case TransferOwnership(long user) -> world.owner = user;
    }
  }
}
