/**
 * How this gateway calls the channel servers: {@link chat.starling.gateway.upstream.ChannelServers}
 * says which one, {@link chat.starling.gateway.upstream.ChannelServer} what can be asked, {@link
 * chat.starling.gateway.upstream.SubscribeStream} holds the one stream to each.
 */
@NullMarked
package chat.starling.gateway.upstream;

import org.jspecify.annotations.NullMarked;
