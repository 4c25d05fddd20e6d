package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
import chat.starling.gateway.edge.Gathering;
import chat.starling.gateway.edge.KnownChannel;
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
 * Channels at which somebody looked lately, whoever sees them. Who asks for one that is being read
 * waits for the same read. From any thread.
 */
public final class KnownChannels {

  /** How long it is remembered that there is no such channel. */
  private static final Duration NOTHING = Duration.ofSeconds(2);

  private final ChannelServers servers;
  private final AsyncCache<Long, Optional<KnownChannel>> channels;
  private final Gathering<Long, KnownChannel> reads;

  /**
   * @param size channels remembered at most
   * @param time how long each
   */
  public KnownChannels(ChannelServers servers, int size, Duration time) {
    this.servers = servers;
    this.reads = new Gathering<>(EdgeCache.BOUNDS, this::read);
    this.channels =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfter(
                Expiry.<Long, Optional<KnownChannel>>writing(
                    (key, channel) -> channel.isPresent() ? time : NOTHING))
            .recordStats()
            .buildAsync();
  }

  /** These channels by id, but for those that are not there. */
  public CompletableFuture<Map<Long, KnownChannel>> of(Collection<Long> ids) {
    return channels
        .getAll(ids, (missing, executor) -> reads.ask(missing))
        .thenApply(found -> {
          Map<Long, KnownChannel> byId = new HashMap<>();
          found.forEach((id, channel) -> channel.ifPresent(known -> byId.put(id, known)));
          return byId;
        });
  }

  /** The channel is not what it was. */
  void forget(long channelId) {
    channels.synchronous().invalidate(channelId);
  }

  /** No channel of the workspace needs to be what it was. */
  void forgetAll(long workspaceId) {
    channels
        .synchronous()
        .asMap()
        .entrySet()
        .removeIf(entry ->
            entry.getValue().map(KnownChannel::workspaceId).orElse(workspaceId) == workspaceId);
  }

  /** Hits and misses so far. */
  CacheStats stats() {
    return channels.synchronous().stats();
  }

  /** Channels remembered, about. */
  long size() {
    return channels.synchronous().estimatedSize();
  }

  private CompletableFuture<Map<Long, KnownChannel>> read(List<Long> ids) {
    return servers
        .any()
        .getChannels(GetChannelsRequest.newBuilder().addAllChannelIds(ids).build())
        .thenApply(KnownChannels::byId);
  }

  private static Map<Long, KnownChannel> byId(GetChannelsResponse response) {
    Map<Long, KnownChannel> byId = new HashMap<>();
    response
        .getChannelsList()
        .forEach(found -> byId.put(found.getRow().getChannelId(), KnownChannel.of(found)));
    return byId;
  }
}
