/** What is looked for in a text before it is sent. */
@NullMarked
package chat.starling.gateway.moderation;

import org.jspecify.annotations.NullMarked;
