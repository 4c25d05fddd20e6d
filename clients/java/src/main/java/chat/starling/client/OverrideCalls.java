package chat.starling.client;

import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ListOverridesRequest;
import chat.starling.api.v1.ListOverridesResponse;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.RemoveOverrideRequest;
import chat.starling.api.v1.RemoveOverrideResponse;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.SetOverrideResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What channels allow and deny roles and members. Every future fails with {@link RefusedException}
 * only, and completes on the client's thread: what is chained to it must not block.
 *
 * <p>Each change has a request id of its own, so that repeating its call is safe.
 */
public final class OverrideCalls {
  private final UnaryCalls calls;

  OverrideCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** All overrides of a channel. Refused with CHANNEL_NOT_FOUND. */
  public CompletableFuture<ListOverridesResponse> list(long channelId) {
    ListOverridesRequest request =
        ListOverridesRequest.newBuilder().setChannelId(channelId).build();
    return calls.call(OverrideServiceGrpc.getListOverridesMethod(), request);
  }

  /** Puts an override in the place of the one that its target has; answers with all of them. */
  public CompletableFuture<List<ChannelOverride>> set(
      long channelId, ChannelOverride override, String reason) {
    SetOverrideRequest request =
        SetOverrideRequest.newBuilder()
            .setChannelId(channelId)
            .setOverride(override)
            .setReason(reason)
            .setRequestId(Nonces.next())
            .build();
    return calls.call(
        OverrideServiceGrpc.getSetOverrideMethod(), request, SetOverrideResponse::getOverridesList);
  }

  /** Removes the override of this one's target; answers with those that are left. */
  public CompletableFuture<List<ChannelOverride>> remove(
      long channelId, ChannelOverride target, String reason) {
    RemoveOverrideRequest.Builder request =
        RemoveOverrideRequest.newBuilder()
            .setChannelId(channelId)
            .setReason(reason)
            .setRequestId(Nonces.next());
    if (target.hasUserId()) {
      request.setUserId(target.getUserId());
    } else {
      request.setRoleId(target.getRoleId());
    }
    return calls.call(
        OverrideServiceGrpc.getRemoveOverrideMethod(),
        request.build(),
        RemoveOverrideResponse::getOverridesList);
  }
}
