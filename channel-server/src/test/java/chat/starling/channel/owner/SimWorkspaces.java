package chat.starling.channel.owner;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.workspace.ChannelState;
import chat.starling.channel.workspace.DoneAct;
import chat.starling.channel.workspace.MemoryWorkspaces;
import chat.starling.channel.workspace.Workspace;
import chat.starling.channel.workspace.WorkspaceStore;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The rows of workspaces as one process sees them; of an event's writes each has its own fate. */
final class SimWorkspaces implements WorkspaceStore {

  private final MemoryWorkspaces rows;
  private final SimLink link;

  SimWorkspaces(SimDatabase database, SimLink link) {
    this.rows = database.workspaces();
    this.link = link;
  }

  private <T> CompletionStage<T> read(Function<MemoryWorkspaces, CompletionStage<T>> question) {
    return link.answer(() -> question.apply(rows).toCompletableFuture().join());
  }

  @Override
  public CompletionStage<Optional<Workspace>> workspace(long workspaceId) {
    return read(store -> store.workspace(workspaceId));
  }

  @Override
  public CompletionStage<Optional<MemberRow>> member(long workspaceId, long userId) {
    return read(store -> store.member(workspaceId, userId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> channel(long channelId) {
    return read(store -> store.channel(channelId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> named(long workspaceId, String name) {
    return read(store -> store.named(workspaceId, name));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> direct(long workspaceId, List<Long> userIds) {
    return read(store -> store.direct(workspaceId, userIds));
  }

  @Override
  public CompletionStage<Boolean> isInChannel(long channelId, long userId) {
    return read(store -> store.isInChannel(channelId, userId));
  }

  @Override
  public CompletionStage<List<MembershipChange>> memberships(
      long workspaceId, long userId, int limit) {
    return read(store -> store.memberships(workspaceId, userId, limit));
  }

  @Override
  public CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit) {
    return read(store -> store.channelsOverriding(workspaceId, roleId, limit));
  }

  @Override
  public CompletionStage<List<InvitationRow>> invitations(long workspaceId) {
    return read(store -> store.invitations(workspaceId));
  }

  @Override
  public CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce) {
    return read(store -> store.done(workspaceId, actorId, nonce));
  }

  @Override
  public CompletionStage<Void> apply(List<WorkspaceEvent> events) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Runnable write : events.stream().flatMap(event -> rows.writes(event).stream()).toList()) {
      CompletionStage<Boolean> one =
          link.change(() -> {
            write.run();
            return true;
          });
      all = all.thenCombine(one, (before, done) -> null);
    }
    return all;
  }

  @Override
  public CompletionStage<Void> note(WorkspaceEvent entry) {
    return link.change(
            () -> {
              rows.noteNow(entry);
              return true;
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<MemberRow>> members(
      long workspaceId, int slice, long afterUser, int limit) {
    return read(store -> store.members(workspaceId, slice, afterUser, limit));
  }

  @Override
  public CompletionStage<List<Long>> auditBuckets(long workspaceId, long from, int limit) {
    return read(store -> store.auditBuckets(workspaceId, from, limit));
  }

  @Override
  public CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long bucket, long beforeEventId, int limit) {
    return read(store -> store.audit(workspaceId, bucket, beforeEventId, limit));
  }
}
