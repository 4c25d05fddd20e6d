package chat.starling.gateway.routing;

import chat.starling.platform.ring.Member;
import chat.starling.platform.settings.HostPort;

/**
 * A channel server as it can be called: a member of the ring in one incarnation, or no more than an
 * address.
 *
 * @param serverId empty for an address
 * @param incarnation 0 for an address
 */
public record Peer(HostPort address, String serverId, long incarnation) {

  /** Whoever answers at the address. */
  public static Peer at(HostPort address) {
    return new Peer(address, "", 0);
  }

  /**
   * The member.
   *
   * @throws IllegalArgumentException if its address is not host:port
   */
  static Peer of(Member member) {
    return new Peer(HostPort.parse(member.address()), member.serverId(), member.incarnation());
  }

  @Override
  public String toString() {
    return serverId.isEmpty() ? address.toString() : serverId + "@" + address;
  }
}
