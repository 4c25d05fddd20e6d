/**
 * An OTLP receiver in the test's own process, for tests that ask what a server told the operators.
 *
 * <p>Start with {@link chat.starling.otel.receiver.OtlpReceiver}. It reads the wire by hand and
 * needs of protobuf only what the full and the lite runtime share, so that it can stand on a class
 * path with either.
 */
@NullMarked
package chat.starling.otel.receiver;

import org.jspecify.annotations.NullMarked;
