/**
 * Who may write which shard: leases, watching, fencing, epochs and the moves between servers, as
 * state machines without threads, drivers or a clock of their own.
 *
 * <p>Start with {@link chat.starling.channel.ownership.Ownership}, the one machine that a server
 * drives: it takes an {@link chat.starling.channel.ownership.Event} and the time, and hands out
 * {@link chat.starling.channel.ownership.Effect}s. It is made of {@link
 * chat.starling.channel.ownership.Lease} (the server's own right to own), {@link
 * chat.starling.channel.ownership.Watch} (a neighbour's lease), {@link
 * chat.starling.channel.ownership.Membership} (the server's place in the ring) and {@link
 * chat.starling.channel.ownership.ShardOwnership} (claims and releases). The ports are {@link
 * chat.starling.channel.ownership.LeaseStore}, {@link chat.starling.channel.ownership.RingStore}
 * and {@link chat.starling.channel.ownership.ShardOwnerStore}. Methods that are actions of the
 * models in docs/spec say so.
 */
@NullMarked
package chat.starling.channel.ownership;

import org.jspecify.annotations.NullMarked;
