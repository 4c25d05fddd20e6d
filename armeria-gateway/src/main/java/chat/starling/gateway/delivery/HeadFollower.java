package chat.starling.gateway.delivery;

/** Who watches workspaces: one event loop. Called in the order in which things happened. */
public interface HeadFollower {

  /** The heads of all the workspace's channels are in here from now on; once. */
  void known(long workspaceId, WorkspaceHeads heads);

  /** These channels have moved: their heads are in what {@link #known} handed over. */
  void moved(long workspaceId, long[] channelIds);
}
