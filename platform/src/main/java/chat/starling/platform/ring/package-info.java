/**
 * The ring: which servers there are and which of them has which shard, as a pure function of one
 * {@link chat.starling.platform.ring.RingView}; start there. Pure.
 */
@NullMarked
package chat.starling.platform.ring;

import org.jspecify.annotations.NullMarked;
