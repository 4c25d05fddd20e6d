/**
 * People who write and look at the same time, and the ledger of what each of them was told. Start
 * with {@link chat.starling.edge.crowd.Crowd}.
 */
@NullMarked
package chat.starling.edge.crowd;

import org.jspecify.annotations.NullMarked;
