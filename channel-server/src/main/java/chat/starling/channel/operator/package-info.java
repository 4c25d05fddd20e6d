/**
 * The operator's command: asks the channel servers how they are and shows it. It knows the protocol
 * and nothing of the server's own code.
 *
 * <p>Start with {@link chat.starling.channel.operator.RingCommand}; {@link
 * chat.starling.channel.operator.RingReport} is where answers become findings.
 */
@NullMarked
package chat.starling.channel.operator;

import org.jspecify.annotations.NullMarked;
