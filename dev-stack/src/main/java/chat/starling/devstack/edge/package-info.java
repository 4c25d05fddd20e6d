/** Envoy in front of everything, with a development certificate. Start reading at {@link chat.starling.devstack.edge.EnvoyServer}. */
@NullMarked
package chat.starling.devstack.edge;

import org.jspecify.annotations.NullMarked;
