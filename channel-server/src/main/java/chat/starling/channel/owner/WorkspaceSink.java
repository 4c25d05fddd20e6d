package chat.starling.channel.owner;

import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings a workspace's events to its rows, many at once as far as that may be. */
record WorkspaceSink(WorkspaceStore store) implements EventSink {

  private static final int MOST_AT_ONCE = 32;

  @Override
  public CompletionStage<Void> take(List<FeedEntry> run) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    List<WorkspaceEvent> atOnce = new ArrayList<>();
    for (FeedEntry entry : run) {
      WorkspaceEvent event = entry.workspaceEvent();
      if (atOnce.size() == MOST_AT_ONCE || (!atOnce.isEmpty() && deletesRole(event))) {
        List<WorkspaceEvent> before = List.copyOf(atOnce);
        done = done.thenCompose(applied -> store.apply(before));
        atOnce.clear();
      }
      atOnce.add(event);
    }
    return done.thenCompose(applied -> store.apply(atOnce));
  }

  /** It looks for what the events before it have left of the role. */
  private static boolean deletesRole(WorkspaceEvent event) {
    return event.getChangesList().stream().anyMatch(WorkspaceChange::hasDeletedRoleId);
  }
}
