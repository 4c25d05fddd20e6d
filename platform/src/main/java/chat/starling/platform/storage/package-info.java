/** Sessions to the CQL store and its schema: start with {@link CqlStore}. */
@NullMarked
package chat.starling.platform.storage;

import org.jspecify.annotations.NullMarked;
