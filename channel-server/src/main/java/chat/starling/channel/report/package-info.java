/** Messages that members report, and where they are kept. */
@NullMarked
package chat.starling.channel.report;

import org.jspecify.annotations.NullMarked;
