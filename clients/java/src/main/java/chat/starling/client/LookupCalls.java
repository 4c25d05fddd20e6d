package chat.starling.client;

import chat.starling.api.v1.BatchGetChannelsRequest;
import chat.starling.api.v1.BatchGetChannelsResponse;
import chat.starling.api.v1.BatchGetUsersRequest;
import chat.starling.api.v1.BatchGetUsersResponse;
import chat.starling.api.v1.Held;
import chat.starling.api.v1.LookupServiceGrpc;
import chat.starling.api.v1.QuickSwitchRequest;
import chat.starling.api.v1.QuickSwitchResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who and what is on the screen. Ask for what is shown, many at once, keep the objects with their
 * versions, and ask with these the next time. Every future fails with {@link RefusedException}
 * only, and completes on the client's thread: what is chained to it must not block.
 */
public final class LookupCalls {

  /** Objects that one call may ask for. */
  public static final int MOST = 200;

  private final UnaryCalls calls;

  LookupCalls(UnaryCalls calls) {
    this.calls = calls;
  }

  /** Users by their ids, {@link #MOST} at most; those of the held version come as unchanged. */
  public CompletableFuture<BatchGetUsersResponse> users(long workspaceId, List<Held> users) {
    BatchGetUsersRequest request =
        BatchGetUsersRequest.newBuilder().setWorkspaceId(workspaceId).addAllUsers(users).build();
    return calls.call(LookupServiceGrpc.getBatchGetUsersMethod(), request);
  }

  /** Channels by their ids, {@link #MOST} at most; those that one may not see come as missing. */
  public CompletableFuture<BatchGetChannelsResponse> channels(
      long workspaceId, List<Held> channels) {
    BatchGetChannelsRequest request =
        BatchGetChannelsRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .addAllChannels(channels)
            .build();
    return calls.call(LookupServiceGrpc.getBatchGetChannelsMethod(), request);
  }

  /**
   * The first channels and users whose names begin so.
   *
   * @param limit of each, 1 to 50
   */
  public CompletableFuture<QuickSwitchResponse> quickSwitch(
      long workspaceId, String prefix, int limit) {
    QuickSwitchRequest request =
        QuickSwitchRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setPrefix(prefix)
            .setLimit(limit)
            .build();
    return calls.call(LookupServiceGrpc.getQuickSwitchMethod(), request);
  }
}
