/**
 * Very many clients in one cheap process: they open sessions, look at one channel, and prove of
 * each stream that the channel's events come without gap, without repeat and in order. Start with
 * {@link chat.starling.bench.drain.Drain}; {@link chat.starling.bench.drain.DrainMain} is the
 * process.
 */
@NullMarked
package chat.starling.bench.drain;

import org.jspecify.annotations.NullMarked;
