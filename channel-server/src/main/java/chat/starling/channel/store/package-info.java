/**
 * Starling's tables in the CQL store: one class for each table or pair of tables that change
 * together, prepared statements only, every call asynchronous.
 *
 * <p>The tables and why they are keyed as they are: {@code schema.cql} beside these classes'
 * resources. Start with {@link chat.starling.channel.store.CqlFeedLog}.
 */
@NullMarked
package chat.starling.channel.store;

import org.jspecify.annotations.NullMarked;
