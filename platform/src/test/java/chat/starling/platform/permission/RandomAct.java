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
import chat.starling.platform.permission.World.TestOverride;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes acts that somebody might try in a world. */
record RandomAct(RandomGenerator random) {

  private static final TestOverride NONE = new TestOverride(World.set(), World.set());
  private static final List<Permission> ALL = List.of(Permission.values());
  private static final List<ChannelKind> KINDS = List.of(ChannelKind.values());
  private static final int HIGHEST_POSITION = 7;

  long actor(World world) {
    return one(world.members.keySet());
  }

  AdministrativeAct next(World world) {
    long role = one(world.roles.keySet());
    long user = one(world.members.keySet());
    int position = 1 + random.nextInt(HIGHEST_POSITION);
    return switch (random.nextInt(21)) {
      case 0 -> new CreateRole(position, nearby(Permissions.NONE));
      case 1 -> new RenameRole(role);
      case 2 -> new SetRoleMask(role, nearby(Permissions.of(world.testRole(role).permits())));
      case 3 -> new MoveRole(role, position);
      case 4 -> new DeleteRole(role);
      case 5 -> new GiveRole(user, role);
      case 6 -> new TakeRole(user, role);
      case 7, 8 -> setOverride(world);
      case 9 -> new RemoveOverride(one(world.channels.keySet()), target(world));
      case 10 -> random.nextInt(4) == 0 ? new Kick(user) : new LiftBan(user);
      case 11 -> random.nextInt(4) == 0 ? new Ban(user) : new SetNickname(user);
      case 12 -> new TimeOut(user, RandomWorld.NOW + 1 + random.nextInt(1000));
      case 13 -> new LiftTimeOut(user);
      case 14 -> new SetNickname(user);
      case 15 -> new CreateChannel(KINDS.get(random.nextInt(KINDS.size())));
      case 16 -> new ChangeChannel(one(world.channels.keySet()));
      case 17 -> new JoinChannel(one(world.channels.keySet()));
      case 18 -> new AddToChannel(one(world.channels.keySet()), user);
      case 19 -> new RemoveFromChannel(one(world.channels.keySet()), user);
      default -> new TransferOwnership(user);
    };
  }

  private AdministrativeAct setOverride(World world) {
    long channel = one(world.channels.keySet());
    OverrideTarget target = target(world);
    TestOverride old =
        Change.overridesOf(world.testChannel(channel), target)
            .getOrDefault(Change.idOf(target), NONE);
    long allow = nearby(Permissions.of(old.allow())) & Permissions.OVERRIDABLE;
    long deny = nearby(Permissions.of(old.deny())) & Permissions.OVERRIDABLE & ~allow;
    return new SetOverride(channel, target, new ChannelOverride(allow, deny));
  }

  private OverrideTarget target(World world) {
    return random.nextBoolean()
        ? new OfRole(one(world.roles.keySet()))
        : new OfMember(one(world.members.keySet()));
  }

  /** The mask with up to three permissions more or less. */
  private long nearby(long mask) {
    long changed = mask;
    for (int i = random.nextInt(4); i > 0; i--) {
      changed ^= ALL.get(random.nextInt(ALL.size())).mask();
    }
    return changed;
  }

  private long one(Collection<Long> ids) {
    List<Long> all = new ArrayList<>(ids);
    return all.get(random.nextInt(all.size()));
  }
}
