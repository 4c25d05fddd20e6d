/**
 * Real servers on one machine: the backing servers, Starling's own and the edge, started together
 * and ended together.
 *
 * <p>{@link chat.starling.devstack.Main} is what {@code make run} starts. {@link
 * chat.starling.devstack.Stack} is the same for tests. Start reading there, then in {@link
 * chat.starling.devstack.process}, on which everything rests.
 */
@NullMarked
package chat.starling.devstack;

import org.jspecify.annotations.NullMarked;
