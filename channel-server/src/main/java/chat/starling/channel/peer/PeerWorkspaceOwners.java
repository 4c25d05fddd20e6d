package chat.starling.channel.peer;

import chat.starling.api.internal.v1.ReportHeadsRequest;
import chat.starling.api.internal.v1.ReportHeadsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.owner.heads.HeadOwner;
import chat.starling.channel.owner.heads.WorkspaceOwners;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The owners of workspaces' feeds by the ring. Whoever answers NOT_OWNER is believed once about who
 * is; then the report has failed, and the next one goes by a newer view.
 */
public final class PeerWorkspaceOwners implements WorkspaceOwners, AutoCloseable {

  private final String selfId;
  private final RingHolder ring;
  private final HeadOwner self;
  private final Peers peers;

  /**
   * @param selfId this server, which is not called
   * @param self what this server owns
   * @param patience how long a call to another server may take
   */
  public PeerWorkspaceOwners(String selfId, RingHolder ring, HeadOwner self, Duration patience) {
    this.selfId = selfId;
    this.ring = ring;
    this.self = self;
    this.peers = new Peers(patience);
  }

  @Override
  public @Nullable Object ownerOf(long workspaceId) {
    return ring.current().ownerOf(Shard.of(FeedId.workspace(workspaceId)));
  }

  @Override
  public CompletionStage<Void> report(long workspaceId, List<ChannelHead> heads) {
    RingView view = ring.current();
    Member owner = view.ownerOf(Shard.of(FeedId.workspace(workspaceId)));
    if (owner == null) {
      return CompletableFuture.failedStage(nobody());
    }
    return tell(view, owner.address(), workspaceId, heads)
        .exceptionallyCompose(fault ->
            hint(fault)
                .filter(address -> !address.equals(owner.address()))
                .map(address -> tell(view, address, workspaceId, heads))
                .orElseGet(() -> CompletableFuture.failedStage(fault)));
  }

  /** Calls nobody any more who has left the ring. */
  public void viewed(RingView view) {
    peers.retain(view);
  }

  @Override
  public void close() {
    peers.close();
  }

  private CompletionStage<Void> tell(
      RingView view, String address, long workspaceId, List<ChannelHead> heads) {
    if (view.member(selfId).map(Member::address).filter(address::equals).isPresent()) {
      return self.report(workspaceId, heads);
    }
    ReportHeadsRequest.Builder request =
        ReportHeadsRequest.newBuilder().setWorkspaceId(workspaceId);
    heads.forEach(
        head -> request.addHeadsBuilder().setChannelId(head.channelId()).setSeq(head.seq()));
    try {
      return answer(peers.at(address).reportHeads(request.build()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedStage(nobody());
    }
  }

  private static CompletionStage<Void> answer(ListenableFuture<ReportHeadsResponse> call) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Futures.addCallback(
        call,
        new FutureCallback<>() {
          @Override
          public void onSuccess(ReportHeadsResponse response) {
            answer.complete(null);
          }

          @Override
          public void onFailure(Throwable fault) {
            answer.completeExceptionally(fault);
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }

  /** Whom a refusal with NOT_OWNER names. */
  private static Optional<String> hint(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    Optional<Refusal> refusal =
        cause instanceof RefusedException refused
            ? Optional.of(refused.refusal())
            : RefusalStatus.fromThrowable(cause);
    return refusal
        .filter(no -> no.getReason() == Reason.REASON_NOT_OWNER)
        .map(Refusal::getExpected)
        .filter(address -> !address.isEmpty());
  }

  private static RefusedException nobody() {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("no channel server owns the workspace that could be called")
        .toException();
  }
}
