/**
 * The past of a channel by pages: which messages a page holds, put together from the newest entries
 * in the owner's memory and the history view in the store.
 *
 * <p>Start with {@link chat.starling.channel.history.HistoryReader}.
 */
@NullMarked
package chat.starling.channel.history;

import org.jspecify.annotations.NullMarked;
