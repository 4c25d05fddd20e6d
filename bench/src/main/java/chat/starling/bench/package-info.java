/**
 * Benchmarks: Starling beside what it is built on, the same work alternating in one run, so that
 * only ratios count and not the machine. Each is a command of {@link chat.starling.bench.Main}.
 */
@NullMarked
package chat.starling.bench;

import org.jspecify.annotations.NullMarked;
