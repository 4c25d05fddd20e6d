/**
 * The gateway: clients' sessions and the public unary API. {@link chat.starling.gateway.Gateway}
 * puts it together. {@code rpc} takes calls in, {@code runtime} drives the pure packages {@code
 * session} and {@code delivery} on event loops, {@code signin} says who a client is, and {@code
 * upstream} calls the channel servers.
 */
@NullMarked
package chat.starling.gateway;

import org.jspecify.annotations.NullMarked;
