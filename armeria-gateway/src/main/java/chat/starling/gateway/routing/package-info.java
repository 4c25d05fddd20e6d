/**
 * Which channel server to ask, and what follows from its answer: start with {@link
 * chat.starling.gateway.routing.RoutedCall}; {@link chat.starling.gateway.routing.KnownRing} is
 * what it goes by. Pure: time, threads and servers are handed in.
 */
@NullMarked
package chat.starling.gateway.routing;

import org.jspecify.annotations.NullMarked;
