package chat.starling.channel.ownership;

import chat.starling.channel.owner.OwnershipDriver;

/** Ownership for simulations of whole servers: fewer shards, and rules that can be broken. */
public final class OwnershipDoubles {

  /** The settings under which simulations run. */
  public static final OwnershipSettings SETTINGS = OwnershipSimulation.SETTINGS;

  private OwnershipDoubles() {}

  /** Every rule kept. */
  public static OwnershipDriver.Machines kept(int shards) {
    return machines(Rules.ALL, shards);
  }

  /** A shard is claimed without its former owner's incarnation being over. */
  public static OwnershipDriver.Machines withoutFencing(int shards) {
    return machines(new BrokenRules.ClaimWithoutFencing(), shards);
  }

  /** The holder trusts its lease from when it heard of it. */
  public static OwnershipDriver.Machines leaseFromAnswer(int shards) {
    return machines(new BrokenRules.LeaseFromAnswer(), shards);
  }

  /** The watch period is half of what it should be. */
  public static OwnershipDriver.Machines shortWatch(int shards) {
    return machines(new BrokenRules.ShortWatch(), shards);
  }

  private static OwnershipDriver.Machines machines(Rules rules, int shards) {
    return (self, counter, settings, ring, owned, out) ->
        new Ownership(
            self.serverId(), self.address(), counter, settings, ring, owned, out, rules, shards);
  }
}
