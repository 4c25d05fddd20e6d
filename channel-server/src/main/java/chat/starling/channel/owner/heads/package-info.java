/**
 * Drives the heads of workspaces: {@link chat.starling.channel.owner.heads.HeadReporter} tells the
 * owners of workspaces which channels have moved, {@link
 * chat.starling.channel.owner.heads.HeadOwner} keeps the heads of the workspaces that this server
 * owns and tells the gateways that watch.
 */
@NullMarked
package chat.starling.channel.owner.heads;

import org.jspecify.annotations.NullMarked;
