package chat.starling.client;

import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.ListMessagesResponse;
import java.util.concurrent.CompletableFuture;

/**
 * The past of a channel, by pages of 1 to 1000 messages, oldest first. Every future fails with
 * {@link RefusedException} only, and completes on the client's thread: what is chained to it must
 * not block.
 */
public final class HistoryCalls {
  private final UnaryCalls calls;
  private final boolean users;

  /**
   * @param users whether pages say who wrote
   */
  HistoryCalls(UnaryCalls calls, boolean users) {
    this.calls = calls;
    this.users = users;
  }

  /** The newest messages. */
  public CompletableFuture<ListMessagesResponse> newest(long channelId, int pageSize) {
    return page(request(channelId, pageSize));
  }

  /** The newest messages before this message id. */
  public CompletableFuture<ListMessagesResponse> before(long channelId, long id, int pageSize) {
    return page(request(channelId, pageSize).setBefore(id));
  }

  /** The oldest messages after this message id. */
  public CompletableFuture<ListMessagesResponse> after(long channelId, long id, int pageSize) {
    return page(request(channelId, pageSize).setAfter(id));
  }

  /** The message of this id, if it is there, among its neighbours. */
  public CompletableFuture<ListMessagesResponse> around(long channelId, long id, int pageSize) {
    return page(request(channelId, pageSize).setAround(id));
  }

  private CompletableFuture<ListMessagesResponse> page(ListMessagesRequest.Builder request) {
    return calls.call(HistoryServiceGrpc.getListMessagesMethod(), request.setUsers(users).build());
  }

  private static ListMessagesRequest.Builder request(long channelId, int pageSize) {
    return ListMessagesRequest.newBuilder().setChannelId(channelId).setPageSize(pageSize);
  }
}
