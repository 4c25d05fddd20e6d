/**
 * Programs of the benchmarks' own that run as processes of their own, and what processes take of
 * the machine. Start with {@link chat.starling.bench.process.ChildProcess}.
 */
@NullMarked
package chat.starling.bench.process;

import org.jspecify.annotations.NullMarked;
