/**
 * How an event of a channel reaches the viewers of this gateway: start with {@link
 * chat.starling.gateway.delivery.Relay}, then {@link chat.starling.gateway.delivery.ChannelView}.
 * Pure: everything here is confined to one event loop by its caller and knows no transport.
 */
@NullMarked
package chat.starling.gateway.delivery;

import org.jspecify.annotations.NullMarked;
