package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.User;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.runtime.KnownUsers;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Lists who is in a channel, for those who see it. */
public final class ChannelMembers {

  private final ChannelServers servers;
  private final Channels channels;
  private final KnownUsers users;

  /** Members of the channels that callers see. */
  public ChannelMembers(ChannelServers servers, Channels channels, KnownUsers users) {
    this.servers = servers;
    this.channels = channels;
    this.users = users;
  }

  /**
   * A page, without those who have left the workspace. Fails with CHANNEL_NOT_FOUND, PAGE_TOKEN.
   */
  public CompletableFuture<ListChannelMembersResponse> page(
      Identity who, long channelId, int size, String token) {
    PageCursor cursor = new PageCursor("ListChannelMembers", channelId);
    ListChannelMembersRequest request =
        ListChannelMembersRequest.newBuilder()
            .setChannelId(channelId)
            .setLimit(size)
            .setAfterUserId(cursor.read(token))
            .build();
    return channels
        .channel(who, channelId)
        .thenCompose(seen ->
            servers
                .any()
                .channelMembers(request)
                .thenCompose(found ->
                    shown(seen.channel().workspaceId(), found.getUserIdsList())
                        .thenApply(shown ->
                            ListChannelMembersResponse.newBuilder()
                                .addAllUsers(shown)
                                .setNextPageToken(cursor.write(found.getNextAfterUserId()))
                                .build())));
  }

  private CompletableFuture<List<User>> shown(long workspaceId, List<Long> ids) {
    return users.of(workspaceId, ids).thenApply(known -> present(ids, known));
  }

  private static List<User> present(List<Long> ids, Map<Long, KnownUser> known) {
    return ids.stream()
        .map(id -> known.containsKey(id) ? known.get(id).shown() : onlyId(id))
        .filter(user -> !user.getGone())
        .toList();
  }

  private static User onlyId(long id) {
    return User.newBuilder().setUserId(id).build();
  }
}
