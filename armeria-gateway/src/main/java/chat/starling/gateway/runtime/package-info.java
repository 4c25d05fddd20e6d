/**
 * What drives sessions. Start with {@link chat.starling.gateway.runtime.LiveSession}, which carries
 * out the effects of one session on its event loop: what leaves for the client goes through {@code
 * Outgoing}, what a channel's owner has to do through {@code Errands}, and what the client has on
 * its screen is in {@code Views}. {@link chat.starling.gateway.runtime.Sessions} knows them all.
 */
@NullMarked
package chat.starling.gateway.runtime;

import org.jspecify.annotations.NullMarked;
