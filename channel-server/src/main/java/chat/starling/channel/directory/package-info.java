/**
 * Which channels a workspace has and who is a member of them.
 *
 * <p>Start with {@link chat.starling.channel.directory.Directory}.
 */
@NullMarked
package chat.starling.channel.directory;

import org.jspecify.annotations.NullMarked;
