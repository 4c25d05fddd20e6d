/**
 * HTTP/2 and gRPC by hand, as far as benchmarks need them: frames are read where they lie in a
 * buffer, and no object is made for one. Start with {@link chat.starling.bench.wire.FrameReader}.
 */
@NullMarked
package chat.starling.bench.wire;

import org.jspecify.annotations.NullMarked;
