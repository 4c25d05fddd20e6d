package chat.starling.channel.ownership;

/**
 * The decisions on which safety hangs, each in one place. Servers keep {@link #ALL} of them; the
 * simulation replaces one at a time to show that it is needed.
 */
class Rules {

  /** Every rule kept. */
  static final Rules ALL = new Rules();

  /** The holder counts its lease from the sending of the renewal that succeeded. */
  long leaseCountsFrom(long sent, long answered) {
    return sent;
  }

  /** A watcher counts from the answer that first showed the counter. */
  long watchCountsFrom(long sent, long answered) {
    return answered;
  }

  /** Only a look begun a full period after that may lead to fencing. */
  boolean watchedLongEnough(long since, long lookBegun, long period) {
    return lookBegun - since >= period;
  }

  /** A shard that was not given up is claimed only when its owner's incarnation is over. */
  boolean claimable(boolean ownerEnded) {
    return ownerEnded;
  }

  /** What a process of this server id wrote before counts as alive until it is fenced. */
  boolean beginnable(LeaseRow predecessor) {
    return predecessor.fenced();
  }
}
