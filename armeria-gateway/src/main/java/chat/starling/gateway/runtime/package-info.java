/**
 * What drives sessions: {@link chat.starling.gateway.runtime.LiveSession} carries out the effects
 * of one session on its event loop, {@link chat.starling.gateway.runtime.Sessions} knows them all.
 */
@NullMarked
package chat.starling.gateway.runtime;

import org.jspecify.annotations.NullMarked;
