/**
 * The reference client: what a program holds to chat through Starling, on a JVM or on Android.
 *
 * <p>Start reading at {@link chat.starling.client.StarlingClient}. The rules of the protocol are in
 * {@code chat.starling.client.protocol}, as plain state; this package drives them with one thread
 * and one gRPC channel, and holds the unary calls beside them.
 */
@NullMarked
package chat.starling.client;

import org.jspecify.annotations.NullMarked;
