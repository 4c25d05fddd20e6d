package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.GetUsersResponse;
import chat.starling.gateway.edge.Gathering;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.edge.UserKey;
import chat.starling.gateway.upstream.ChannelServers;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Users at whom somebody looked lately. Who asks for one that is being read waits for the same
 * read. From any thread.
 */
public final class KnownUsers {

  /** How long it is remembered that of a user nothing is known. */
  private static final Duration NOTHING = Duration.ofSeconds(5);

  private final ChannelServers servers;
  private final AsyncCache<UserKey, Optional<KnownUser>> users;
  private final Gathering<UserKey, KnownUser> reads;

  /**
   * @param size users remembered at most
   * @param time how long each
   */
  public KnownUsers(ChannelServers servers, int size, Duration time) {
    this.servers = servers;
    this.reads = new Gathering<>(EdgeCache.BOUNDS, this::read);
    this.users =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfter(
                Expiry.<UserKey, Optional<KnownUser>>writing(
                    (key, user) -> user.isPresent() ? time : NOTHING))
            .recordStats()
            .buildAsync();
  }

  /** These users by id, but for those of whom nothing is known. */
  public CompletableFuture<Map<Long, KnownUser>> of(long workspaceId, Collection<Long> ids) {
    List<UserKey> keys = ids.stream().map(id -> new UserKey(workspaceId, id)).toList();
    return users
        .getAll(keys, (missing, executor) -> reads.ask(missing))
        .thenApply(found -> {
          Map<Long, KnownUser> byId = new HashMap<>();
          found.forEach((key, user) -> user.ifPresent(known -> byId.put(key.userId(), known)));
          return byId;
        });
  }

  /** What is known of this user, or that nothing is, can be said at once. */
  boolean has(UserKey key) {
    CompletableFuture<Optional<KnownUser>> known = users.asMap().get(key);
    return known != null && known.isDone();
  }

  /** This user as far as that can be said at once. */
  Optional<KnownUser> now(UserKey key) {
    CompletableFuture<Optional<KnownUser>> known = users.getIfPresent(key);
    return known == null || known.isCompletedExceptionally()
        ? Optional.empty()
        : known.getNow(Optional.empty());
  }

  /** This user, also if nothing is known of him. */
  CompletableFuture<KnownUser> of(UserKey key) {
    return of(key.workspaceId(), List.of(key.userId()))
        .thenApply(found -> found.getOrDefault(key.userId(), KnownUser.unknown(key.userId())));
  }

  /** The user is not what he was. */
  void forget(UserKey key) {
    users.synchronous().invalidate(key);
  }

  /** No user of the workspace needs to be what he was. */
  void forgetAll(long workspaceId) {
    users.asMap().keySet().removeIf(key -> key.workspaceId() == workspaceId);
  }

  /** Hits and misses so far. */
  CacheStats stats() {
    return users.synchronous().stats();
  }

  /** Users remembered, about. */
  long size() {
    return users.synchronous().estimatedSize();
  }

  private CompletableFuture<Map<UserKey, KnownUser>> read(List<UserKey> keys) {
    GetUsersRequest.Builder request = GetUsersRequest.newBuilder();
    keys.forEach(
        key -> request.addUsersBuilder().setWorkspaceId(key.workspaceId()).setUserId(key.userId()));
    return servers.any().getUsers(request.build()).thenApply(KnownUsers::byKey);
  }

  private static Map<UserKey, KnownUser> byKey(GetUsersResponse response) {
    Map<UserKey, KnownUser> byKey = new HashMap<>();
    response
        .getUsersList()
        .forEach(record ->
            byKey.put(
                new UserKey(record.getWorkspaceId(), record.getMember().getUserId()),
                KnownUser.of(record)));
    return byKey;
  }
}
