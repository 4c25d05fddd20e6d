/**
 * The channel server: the one owner of its feeds, and the directory of channels.
 *
 * <p>Three layers: {@code rpc} takes gRPC calls in; {@code feed}, {@code history} and {@code
 * directory} decide, without drivers or clocks, and {@code owner} runs the feeds on their threads;
 * {@code store} speaks CQL. Start with {@link chat.starling.channel.ChannelServer}, which puts them
 * together, then {@link chat.starling.channel.feed.Feed}.
 */
@NullMarked
package chat.starling.channel;

import org.jspecify.annotations.NullMarked;
