package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings a workspace's events to its rows, one after the other. */
record WorkspaceSink(WorkspaceStore store) implements EventSink {

  @Override
  public CompletionStage<Void> take(List<FeedEntry> run) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (FeedEntry entry : run) {
      done = done.thenCompose(before -> store.apply(entry.workspaceEvent()));
    }
    return done;
  }
}
