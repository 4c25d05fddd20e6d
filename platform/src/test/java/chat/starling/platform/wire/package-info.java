/** HTTP/2 as it looks on the wire, for tests. */
@NullMarked
package chat.starling.platform.wire;

import org.jspecify.annotations.NullMarked;
