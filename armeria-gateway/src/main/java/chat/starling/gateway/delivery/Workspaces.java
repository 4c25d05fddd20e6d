package chat.starling.gateway.delivery;

/** Where an event loop gets the heads of workspaces' channels from. */
public interface Workspaces {

  /** Begins to watch a workspace. */
  void watch(long workspaceId, HeadFollower follower);

  /** Ends it. What is under way may still come. */
  void unwatch(long workspaceId, HeadFollower follower);
}
