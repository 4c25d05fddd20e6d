package chat.starling.gateway.workspace;

/** Where the events of workspaces' feeds come from. */
public interface WorkspaceFeeds {

  /** Begins to follow a workspace's feed; once until it is ended. */
  void follow(long workspaceId, WorkspaceFollower follower);

  /** Ends it: the caller does not go by the feed any more. What is under way may still come. */
  void unfollow(long workspaceId);

  /**
   * Says that this gateway goes by all events up to a seq.
   *
   * @param askedAt comes back with {@link WorkspaceFollower#trusted}
   */
  void applied(long workspaceId, long seq, long askedAt);
}
