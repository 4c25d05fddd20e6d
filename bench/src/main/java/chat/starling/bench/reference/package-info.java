/**
 * Servers that do nothing but send events to viewers, to be measured beside a gateway: bare Netty,
 * which is the limit of the machine, and grpc-java. They speak as much of the protocol as {@link
 * chat.starling.bench.drain.Drain} does. Start with {@link
 * chat.starling.bench.reference.BareServer}.
 */
@NullMarked
package chat.starling.bench.reference;

import org.jspecify.annotations.NullMarked;
