/** How a server says no, without any transport: start with {@link Refuse}. Pure. */
@NullMarked
package chat.starling.platform.refusal;

import org.jspecify.annotations.NullMarked;
