/**
 * What a gateway knows of the workspaces that its sessions are in: roles, channels' overrides,
 * members and memberships, read when they are first needed and kept true by the events of each
 * workspace's feed. Decides whether somebody may see, read or write a channel.
 *
 * <p>Start with {@link chat.starling.gateway.workspace.Replicas}. {@link
 * chat.starling.gateway.workspace.WorkspaceReads} and {@link
 * chat.starling.gateway.workspace.WorkspaceFeeds} are what it asks of channel servers.
 */
@NullMarked
package chat.starling.gateway.workspace;

import org.jspecify.annotations.NullMarked;
