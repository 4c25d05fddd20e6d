package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.delivery.Workspaces;
import chat.starling.gateway.workspace.WorkspaceFeeds;

/** Which channel server owns what. */
public interface ChannelServers extends Upstreams, Workspaces, WorkspaceFeeds {

  /** The owner of the channel's feed. */
  ChannelServer owner(long channelId);

  /** The owner of the workspace's feed, who decides every act on the workspace. */
  ChannelServer workspaceOwner(long workspaceId);

  /** Any of them: for what none of them owns. */
  ChannelServer any();
}
