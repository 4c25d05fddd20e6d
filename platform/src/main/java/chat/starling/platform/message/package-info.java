/** What holds of a message wherever its bytes are. */
@NullMarked
package chat.starling.platform.message;

import org.jspecify.annotations.NullMarked;
