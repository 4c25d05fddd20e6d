package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ListMembershipsResponse;
import chat.starling.gateway.upstream.ChannelServers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** Reads which channels of a workspace a user is a member of: one read for a page of them. */
public record UserChannels(ChannelServers servers) {

  private static final int PAGE = 1000;

  /** Channels of one user and workspace; of more he is told nothing. */
  private static final int MOST = 10_000;

  /** Completes with their ids in rising order. */
  public CompletableFuture<long[]> of(long userId, long workspaceId) {
    return read(userId, workspaceId, new long[0]);
  }

  private CompletableFuture<long[]> read(long userId, long workspaceId, long[] before) {
    var request =
        ListMembershipsRequest.newBuilder()
            .setUserId(userId)
            .setWorkspaceId(workspaceId)
            .setAfterChannelId(before.length == 0 ? 0 : before[before.length - 1])
            .setLimit(PAGE)
            .build();
    return servers
        .any()
        .memberships(request)
        .thenCompose(page -> {
          long[] all = with(before, page);
          return page.getMore() && all.length < MOST
              ? read(userId, workspaceId, all)
              : CompletableFuture.completedFuture(all);
        });
  }

  private static long[] with(long[] before, ListMembershipsResponse page) {
    return LongStream.concat(
            LongStream.of(before), page.getChannelIdsList().stream().mapToLong(Long::longValue))
        .toArray();
  }
}
