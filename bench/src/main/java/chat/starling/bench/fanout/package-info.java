/**
 * One channel that very many look at, and what it costs a server to bring its events to them. A
 * {@link chat.starling.bench.fanout.Source} publishes, a {@link
 * chat.starling.bench.fanout.DrainProcess} looks, and a {@link chat.starling.bench.fanout.Pump}
 * keeps the one going as fast as the other follows.
 */
@NullMarked
package chat.starling.bench.fanout;

import org.jspecify.annotations.NullMarked;
