package chat.starling.channel.ownership;

/** Rules with one of them broken each, to show that the simulation finds what it is there for. */
final class BrokenRules {

  private BrokenRules() {}

  /** The holder trusts its lease from when it heard of it. */
  static final class LeaseFromAnswer extends Rules {
    @Override
    long leaseCountsFrom(long sent, long answered) {
      return answered;
    }
  }

  /** The watcher takes a counter to be as old as its question. */
  static final class WatchFromSending extends Rules {
    @Override
    long watchCountsFrom(long sent, long answered) {
      return sent;
    }
  }

  /** The watch period does not allow for clocks of different rates. */
  static final class WatchWithoutFactors extends Rules {
    @Override
    boolean watchedLongEnough(long since, long lookBegun, long period) {
      return lookBegun - since >= OwnershipSimulation.SETTINGS.lease().toNanos();
    }
  }

  /** The watch period is half of what it should be. */
  static final class ShortWatch extends Rules {
    @Override
    boolean watchedLongEnough(long since, long lookBegun, long period) {
      return lookBegun - since >= period / 2;
    }
  }

  /** Whoever the view names takes the shard at once. */
  static final class ClaimWithoutFencing extends Rules {
    @Override
    boolean claimable(boolean ownerEnded) {
      return true;
    }
  }

  /** A process that starts again does not wait for what is left of it. */
  static final class BeginBesidePredecessor extends Rules {
    @Override
    boolean beginnable(LeaseRow predecessor) {
      return true;
    }
  }
}
