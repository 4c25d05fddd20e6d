package chat.starling.platform.ring;

import chat.starling.platform.ids.Snowflake;

/**
 * One server in the ring.
 *
 * @param serverId names the server across its restarts, 1 to 100 characters
 * @param incarnation rises with every new start of the server id, from 1
 * @param address host:port at which the other servers reach it
 * @param worker its number in message ids, 0 to 1023, unlike that of every other member
 */
public record Member(
    String serverId, long incarnation, String address, MemberState state, int worker) {

  private static final int MAX_ID_LENGTH = 100;

  public Member {
    if (serverId.isEmpty() || serverId.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "server id: " + serverId + " (expected: 1..100 characters)");
    }
    if (incarnation < 1) {
      throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: positive)");
    }
    if (worker < 0 || worker > Snowflake.MAX_WORKER) {
      throw new IllegalArgumentException("worker: " + worker + " (expected: 0..1023)");
    }
  }

  /** Whether this is the server with that id in that incarnation. */
  public boolean is(String id, long ofIncarnation) {
    return serverId.equals(id) && incarnation == ofIncarnation;
  }

  /** The same member, giving up its shards. */
  public Member draining() {
    return new Member(serverId, incarnation, address, MemberState.DRAINING, worker);
  }
}
