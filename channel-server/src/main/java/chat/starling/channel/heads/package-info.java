/**
 * Up to where the channels of a workspace are: what the owner of a channel tells ({@link
 * chat.starling.channel.heads.HeadReports}) and what the owner of the workspace's feed keeps of it
 * ({@link chat.starling.channel.heads.HeadBoard}). Soft state that only rises. Pure.
 */
@NullMarked
package chat.starling.channel.heads;

import org.jspecify.annotations.NullMarked;
