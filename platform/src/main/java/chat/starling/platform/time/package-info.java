/**
 * The only place that reads a clock. Everything else is handed one; start with {@link SystemTime}.
 */
@NullMarked
package chat.starling.platform.time;

import org.jspecify.annotations.NullMarked;
