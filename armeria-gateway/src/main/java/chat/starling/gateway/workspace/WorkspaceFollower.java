package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.WorkspaceEvent;

/** Who follows workspaces' feeds. Always called by one thread, in the order of what happened. */
public interface WorkspaceFollower {

  /** The rows hold all events up to this seq; those after it come. What was before is void. */
  void started(long workspaceId, long seq);

  /** The next event. */
  void event(WorkspaceEvent event);

  /** The owner trusts this gateway to go by what it has applied. */
  void trusted(long workspaceId, long askedAt, long millis);
}
