/**
 * Work put on two sides in turn, and what came of it. Start with {@link
 * chat.starling.bench.load.Duel}.
 */
@NullMarked
package chat.starling.bench.load;

import org.jspecify.annotations.NullMarked;
