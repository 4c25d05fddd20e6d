package chat.starling.channel.owner.heads;

/** Where gateways watch the heads of workspaces. */
public interface HeadSource {

  /** Begins to tell a watcher: first the snapshot, or that it cannot be. */
  void watch(long workspaceId, HeadWatcher watcher);

  /** Ends it; comes after the watch call of the same watcher. */
  void unwatch(long workspaceId, HeadWatcher watcher);
}
