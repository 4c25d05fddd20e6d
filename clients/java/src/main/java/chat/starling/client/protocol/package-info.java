/**
 * What the protocol asks of a client, as plain state: frames and times go in, frames and hand-overs
 * come out.
 *
 * <p>Start reading at {@link chat.starling.client.protocol.Session}; it owns a {@link
 * chat.starling.client.protocol.FocusSet} for what comes in and an {@link
 * chat.starling.client.protocol.Outbox} for what goes out. Nothing here has a thread, a clock or a
 * connection: times are milliseconds of one monotonic clock and are passed in, and the two ports
 * {@link chat.starling.client.protocol.Wire} and {@link chat.starling.client.protocol.Handover}
 * lead out.
 */
@NullMarked
package chat.starling.client.protocol;

import org.jspecify.annotations.NullMarked;
