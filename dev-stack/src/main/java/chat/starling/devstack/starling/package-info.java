/** Starling's own servers as child processes. Start reading at {@link chat.starling.devstack.starling.StarlingServer}. */
@NullMarked
package chat.starling.devstack.starling;

import org.jspecify.annotations.NullMarked;
