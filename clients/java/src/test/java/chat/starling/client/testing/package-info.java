/** A server of the public protocol in memory, for tests of whatever stands on the client. */
@NullMarked
package chat.starling.client.testing;

import org.jspecify.annotations.NullMarked;
