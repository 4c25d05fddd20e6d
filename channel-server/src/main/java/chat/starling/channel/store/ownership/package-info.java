/**
 * The stores of ownership in CQL: lightweight transactions, serial reads, and an outcome that says
 * so when nobody knows it. The tables are in {@code ownership.cql} beside these classes' resources.
 *
 * <p>Start with {@link chat.starling.channel.store.ownership.OwnershipTables}.
 */
@NullMarked
package chat.starling.channel.store.ownership;

import org.jspecify.annotations.NullMarked;
