/**
 * Servers as child processes that never outlive their parent.
 *
 * <p>Start reading at {@link chat.starling.devstack.process.LocalServer}; {@code supervise.sh} is
 * the other half.
 */
@NullMarked
package chat.starling.devstack.process;

import org.jspecify.annotations.NullMarked;
