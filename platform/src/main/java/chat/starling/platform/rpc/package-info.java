/** How refusals travel over gRPC: start with {@link RefusalStatus}. */
@NullMarked
package chat.starling.platform.rpc;

import org.jspecify.annotations.NullMarked;
