/**
 * The whole system, through Envoy over TLS, with real clients and real faults. Start with {@link
 * chat.starling.edge.RunningStack}.
 */
@NullMarked
package chat.starling.edge;

import org.jspecify.annotations.NullMarked;
