/**
 * Feeds with very many subscribers: whom a server refers to which other one ({@link
 * chat.starling.channel.relay.Referrals}), and what a server does that passes others' feeds on
 * ({@link chat.starling.channel.relay.Relays}). A relay acks nothing and owns nothing. Pure.
 */
@NullMarked
package chat.starling.channel.relay;

import org.jspecify.annotations.NullMarked;
