package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.Ring;

/** What the Subscribe streams bring. Always called on the event loop of all streams. */
interface StreamEvents {

  /** Names this process among all who subscribe. */
  long process();

  /** A stream has been opened: it can be asked, though it may turn out that nobody is there. */
  void opened();

  /** The stream has been answered for the first time: somebody is there. */
  void answered();

  /** The stream has ended. */
  void ended(StreamWire wire);

  /** The server told of a view of the ring. */
  void view(SubscribeStream from, Ring ring);

  /** Told of what comes of channels. */
  FollowedChannels channels();

  /** Told of what comes of workspaces' feeds. */
  FollowedWorkspaces workspaces();

  /** Told of what comes of heads. */
  WatchedHeads heads();
}
