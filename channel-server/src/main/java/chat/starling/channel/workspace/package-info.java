/**
 * Workspaces as their owners keep them: who may change what is decided on the rows, each change is
 * an event of the workspace's feed, and the rows follow the events.
 *
 * <p>Start with {@link chat.starling.channel.workspace.Decisions}. The port {@link
 * chat.starling.channel.workspace.WorkspaceStore} is what workspaces ask of a store.
 */
@NullMarked
package chat.starling.channel.workspace;

import org.jspecify.annotations.NullMarked;
