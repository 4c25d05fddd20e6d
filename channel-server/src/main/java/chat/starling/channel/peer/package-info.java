/**
 * Calls from this channel server to others. Start with {@link
 * chat.starling.channel.peer.PeerWorkspaceOwners}.
 */
@NullMarked
package chat.starling.channel.peer;

import org.jspecify.annotations.NullMarked;
