/**
 * Cassandra as the local CQL server. Tests that need nothing else start at {@link
 * chat.starling.devstack.cql.SharedCql}.
 */
@NullMarked
package chat.starling.devstack.cql;

import org.jspecify.annotations.NullMarked;
