package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.WorkspaceEvent;

/** Hears of workspaces' changes. A read that begins after an event was heard shows it. */
public interface WorkspaceChanges {

  /** Nobody wants to know. */
  WorkspaceChanges NOBODY =
      new WorkspaceChanges() {
        @Override
        public void changed(WorkspaceEvent event) {}

        @Override
        public void lost(long workspaceId) {}
      };

  /** The workspace is now as the event left it. */
  void changed(WorkspaceEvent event);

  /** Anything may have changed in the workspace: events may have been missed. */
  void lost(long workspaceId);
}
