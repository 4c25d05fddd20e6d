/**
 * Faults of every kind, one after the other, under people who go on writing, and the proof that
 * nobody was told a different story. Start with {@link chat.starling.edge.chaos.Chaos}.
 */
@NullMarked
package chat.starling.edge.chaos;

import org.jspecify.annotations.NullMarked;
