/**
 * What a session is, without any transport: frames and facts go in, effects come out. Start with
 * {@link chat.starling.gateway.session.Session}, which has the session's phases; {@code
 * OpenSession} has what its frames bring about. Pure: no I/O, no clock, one caller at a time.
 */
@NullMarked
package chat.starling.gateway.session;

import org.jspecify.annotations.NullMarked;
