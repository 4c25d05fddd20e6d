package chat.starling.channel.owner.heads;

import chat.starling.channel.heads.ChannelHead;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The owners of workspaces' feeds, this server among them. */
public interface WorkspaceOwners {

  /** Who shall own the workspace's feed, comparable by equals; null when nobody does. */
  @Nullable Object ownerOf(long workspaceId);

  /** Tells the owner; completes once it knows, and fails within a bounded time if it does not. */
  CompletionStage<Void> report(long workspaceId, List<ChannelHead> heads);
}
