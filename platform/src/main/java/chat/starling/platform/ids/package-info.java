/** The numbers that name things: feeds and Snowflakes. Pure. */
@NullMarked
package chat.starling.platform.ids;

import org.jspecify.annotations.NullMarked;
