package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.delivery.Workspaces;
import chat.starling.gateway.workspace.WorkspaceFeeds;

/** Which channel server owns what. */
public interface ChannelServers extends Upstreams, Workspaces, WorkspaceFeeds {

  /** The owner of the channel's feed. */
  ChannelServer owner(long channelId);

  /** Any of them: for what none of them owns. */
  ChannelServer any();
}
