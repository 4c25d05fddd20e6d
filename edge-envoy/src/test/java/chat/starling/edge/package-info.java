/**
 * The whole system, through Envoy over TLS, with real clients. Start with {@link
 * chat.starling.edge.RunningStack}; {@code crowd} has many people at the same time, {@code chaos}
 * lets servers fail under them.
 */
@NullMarked
package chat.starling.edge;

import org.jspecify.annotations.NullMarked;
