/**
 * What a gateway holds of users and channels because somebody looks at them: how single questions
 * become few calls, what stands for a version, and who sees which channel.
 *
 * <p>Start with {@link chat.starling.gateway.edge.Gathering}.
 */
@NullMarked
package chat.starling.gateway.edge;

import org.jspecify.annotations.NullMarked;
