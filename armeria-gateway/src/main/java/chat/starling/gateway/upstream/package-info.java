/**
 * How this gateway calls the channel servers: {@link chat.starling.gateway.upstream.ChannelServers}
 * says which one, {@link chat.starling.gateway.upstream.ChannelServer} what can be asked, {@link
 * chat.starling.gateway.upstream.RingChannelServers} puts together how it is done: {@link
 * chat.starling.gateway.upstream.SubscribeStreams} holds the one stream to each and learns the
 * ring, {@link chat.starling.gateway.upstream.Links} the connections with their circuit breakers.
 */
@NullMarked
package chat.starling.gateway.upstream;

import org.jspecify.annotations.NullMarked;
