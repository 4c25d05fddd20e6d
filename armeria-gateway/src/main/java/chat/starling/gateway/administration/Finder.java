package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.FindChannelsRequest;
import chat.starling.api.internal.v1.FindUsersRequest;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.workspace.ChannelFacts;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds channels and users by what their names begin with. */
public final class Finder {

  /** Users found for one are found for all who ask the same a moment later. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final int MOST_ANSWERS = 10_000;
  private static final int CHANNELS_AT_ONCE = 100;

  /** Who sees none of so many channels under a beginning is to type one letter more. */
  private static final int MOST_PAGES = 5;

  private record Question(long workspaceId, String prefix, int limit) {}

  private final ChannelServers servers;
  private final Channels channels;
  private final AsyncCache<Question, List<KnownUser>> users =
      Caffeine.newBuilder().maximumSize(MOST_ANSWERS).expireAfterWrite(AGAIN).buildAsync();

  /** Shows channels to those who see them. */
  public Finder(ChannelServers servers, Channels channels) {
    this.servers = servers;
    this.channels = channels;
  }

  /** Users whose display name or nickname begins so and who have not gone, in order. */
  public CompletableFuture<List<KnownUser>> users(long workspaceId, String prefix, int limit) {
    return users.get(
        new Question(workspaceId, prefix, limit), (question, executor) -> read(question));
  }

  private CompletableFuture<List<KnownUser>> read(Question question) {
    var request =
        FindUsersRequest.newBuilder()
            .setWorkspaceId(question.workspaceId())
            .setPrefix(question.prefix())
            .setLimit(2 * question.limit())
            .build();
    return servers
        .any()
        .findUsers(request)
        .thenApply(found ->
            found.getUsersList().stream()
                .map(KnownUser::of)
                .filter(user -> !user.shown().getGone())
                .limit(question.limit())
                .toList());
  }

  /** Channels that the caller sees whose name begins so, in order. */
  public CompletableFuture<List<ChannelFacts>> channels(
      Identity identity, long workspaceId, String prefix, int limit) {
    FindChannelsRequest first =
        FindChannelsRequest.newBuilder()
            .setWorkspaceId(workspaceId)
            .setPrefix(prefix)
            .setLimit(CHANNELS_AT_ONCE)
            .build();
    return new Walk(identity, limit).from(first);
  }

  /** From page to page until enough is found. */
  private final class Walk {
    private final Identity identity;
    private final int limit;
    private final List<ChannelFacts> found = new ArrayList<>();
    private int pages;

    Walk(Identity identity, int limit) {
      this.identity = identity;
      this.limit = limit;
    }

    CompletableFuture<List<ChannelFacts>> from(FindChannelsRequest request) {
      pages++;
      return servers
          .any()
          .findChannels(request)
          .thenCompose(page ->
              channels
                  .seen(
                      identity,
                      request.getWorkspaceId(),
                      page.getChannelsList().stream().map(ChannelFacts::of).toList())
                  .thenCompose(seen -> {
                    found.addAll(seen);
                    return found.size() >= limit
                            || page.getNextAfterName().isEmpty()
                            || pages == MOST_PAGES
                        ? CompletableFuture.completedFuture(first())
                        : from(
                            request.toBuilder()
                                .setAfterName(page.getNextAfterName())
                                .setAfterChannelId(page.getNextAfterChannelId())
                                .build());
                  }));
    }

    private List<ChannelFacts> first() {
      return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }
  }
}
