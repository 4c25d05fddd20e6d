package chat.starling.channel.relay;

import chat.starling.platform.ring.RingHolder;

/**
 * How a server's feeds grow trees.
 *
 * @param serverId this server
 * @param ring whose active members may be relays
 * @param degree subscribers of a feed that a server takes before it refers others elsewhere, and
 *     relays that it refers them to
 */
public record RelayRules(String serverId, RingHolder ring, int degree) {}
