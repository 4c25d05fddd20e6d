/**
 * gRPC in: checks what comes, hands it to the feeds and the directory, and writes their answers.
 *
 * <p>Start with {@link chat.starling.channel.rpc.FeedRpc}.
 */
@NullMarked
package chat.starling.channel.rpc;

import org.jspecify.annotations.NullMarked;
