package chat.starling.channel.ownership;

/**
 * The row of server_lease of one server id.
 *
 * @param incarnation the newest that has begun; 0 when none ever has
 * @param counter rises by one with every renewal, from a random number, so that two processes that
 *     begin the same incarnation can tell whose row it is
 * @param fenced whether this incarnation is over: it can never renew again
 */
public record LeaseRow(long incarnation, long counter, boolean fenced) {

  /** The row of a server id that never had a lease: nobody to wait for. */
  public static final LeaseRow NONE = new LeaseRow(0, 0, true);

  LeaseRow renewed() {
    return new LeaseRow(incarnation, counter + 1, fenced);
  }

  LeaseRow fence() {
    return new LeaseRow(incarnation, counter, true);
  }

  LeaseRow successor(long firstCounter) {
    return new LeaseRow(incarnation + 1, firstCounter, false);
  }

  /** The last incarnation that is over according to this row; every earlier one is over too. */
  long lastEnded() {
    return fenced ? incarnation : incarnation - 1;
  }
}
