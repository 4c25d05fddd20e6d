package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.heads.HeadWatcher;
import chat.starling.platform.rpc.RefusalStatus;

/** One gateway's watch of one workspace, on its stream with all else. */
final class HeadSubscription implements HeadWatcher {

  private final long workspaceId;
  private final Outbound<SubscribeResponse> outbound;
  private volatile boolean ended;

  HeadSubscription(long workspaceId, Outbound<SubscribeResponse> outbound) {
    this.workspaceId = workspaceId;
    this.outbound = outbound;
  }

  /** Nothing of it goes out any more. */
  void end() {
    ended = true;
  }

  @Override
  public void heads(SubscribeResponse message) {
    if (!ended) {
      outbound.send(message);
    }
  }

  @Override
  public void refused(Reason reason) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    response
        .getWatchRefusedBuilder()
        .setWorkspaceId(workspaceId)
        .setReason(RefusalStatus.name(reason));
    heads(response.build());
  }
}
