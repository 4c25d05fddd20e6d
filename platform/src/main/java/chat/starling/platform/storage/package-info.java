/**
 * The CQL store as every server uses it: a session ({@link
 * chat.starling.platform.storage.CqlStore}), the schema, and prepared statements whose kind says at
 * which consistency they run and whether the driver may send them twice ({@link
 * chat.starling.platform.storage.CqlTables}).
 */
@NullMarked
package chat.starling.platform.storage;

import org.jspecify.annotations.NullMarked;
