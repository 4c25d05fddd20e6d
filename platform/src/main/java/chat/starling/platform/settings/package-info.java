/**
 * Typed settings out of a file, the environment and the command line: start with {@link Settings}.
 */
@NullMarked
package chat.starling.platform.settings;

import org.jspecify.annotations.NullMarked;
