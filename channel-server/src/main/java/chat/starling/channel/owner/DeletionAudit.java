package chat.starling.channel.owner;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Notes in the workspace's audit log who deleted a message of another. The note follows the event
 * of the channel's feed as the history view does, so none is lost, and noted twice it is there
 * once.
 */
record DeletionAudit(WorkspaceStore workspaces) {

  /** Completes once what there is to note is noted. */
  CompletionStage<Void> note(long channelId, MessageDeleted deletion) {
    if (deletion.getDeletedBy() == deletion.getAuthor().getUserId()) {
      return CompletableFuture.completedStage(null);
    }
    return workspaces
        .channel(channelId)
        .thenCompose(found ->
            found.isEmpty()
                ? CompletableFuture.completedStage(null)
                : workspaces.note(entry(found.get().workspaceId(), channelId, deletion)));
  }

  private static WorkspaceEvent entry(long workspaceId, long channelId, MessageDeleted deletion) {
    return WorkspaceEvent.newBuilder()
        .setWorkspaceId(workspaceId)
        .setEventId(deletion.getEventId())
        .setActorId(deletion.getDeletedBy())
        .setAct(
            Act.newBuilder()
                .setDeleteMessage(
                    Act.DeleteMessage.newBuilder()
                        .setChannelId(channelId)
                        .setMessageId(deletion.getMessageId())
                        .setUserId(deletion.getAuthor().getUserId())))
        .build();
  }
}
