/**
 * Many users and channels at once, and by the beginnings of their names: what gateways' caches are
 * filled from.
 *
 * <p>Start with {@link chat.starling.channel.lookup.Lookup}. The port {@link
 * chat.starling.channel.lookup.LookupStore} is what it asks of a store.
 */
@NullMarked
package chat.starling.channel.lookup;

import org.jspecify.annotations.NullMarked;
