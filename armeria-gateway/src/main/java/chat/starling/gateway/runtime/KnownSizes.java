package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.gateway.delivery.ChannelSizes;
import chat.starling.gateway.upstream.ChannelServers;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which channels are small, as the directory said when it was asked last: once for all who want to
 * know. From any thread.
 */
public final class KnownSizes {

  /** How long a channel counts as large of which the directory does not tell. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final ChannelServers servers;
  private final int mostMembers;
  private final Map<Long, CompletableFuture<Boolean>> inFlight = new ConcurrentHashMap<>();
  private final Cache<Long, Boolean> small;
  private final Cache<Long, Boolean> untold;

  /**
   * @param mostMembers of a small channel; 0 when none is
   * @param size channels remembered at most
   * @param time how long each
   */
  public KnownSizes(ChannelServers servers, int mostMembers, int size, Duration time) {
    this.servers = servers;
    this.mostMembers = mostMembers;
    this.small = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(time).build();
    this.untold = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(AGAIN).build();
  }

  /** Some channels may be small. */
  boolean isAny() {
    return mostMembers > 0;
  }

  /** For who asks on this event loop. */
  ChannelSizes on(EventLoop loop) {
    return isAny() ? new OnLoop(this, loop) : ChannelSizes.ALL_LARGE;
  }

  private ChannelSizes.Size of(long channelId) {
    Boolean known = small.getIfPresent(channelId);
    if (known != null) {
      return known ? ChannelSizes.Size.SMALL : ChannelSizes.Size.LARGE;
    }
    return untold.getIfPresent(channelId) == null
        ? ChannelSizes.Size.UNKNOWN
        : ChannelSizes.Size.LARGE;
  }

  private CompletableFuture<Boolean> ask(long channelId) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> theirs = inFlight.putIfAbsent(channelId, mine);
    if (theirs != null) {
      return theirs;
    }
    var request =
        CountMembersRequest.newBuilder().setChannelId(channelId).setMost(mostMembers).build();
    var _ =
        servers
            .any()
            .countMembers(request)
            .whenComplete((answer, fault) -> {
              boolean yes = answer != null && isSmall(answer.getMembers());
              (answer == null ? untold : small).put(channelId, yes);
              inFlight.remove(channelId);
              mine.complete(yes);
            });
    return mine;
  }

  /** Nobody is a member of a channel of which the directory knows nothing. */
  private boolean isSmall(int members) {
    return members > 0 && members <= mostMembers;
  }

  private record OnLoop(KnownSizes known, EventLoop loop) implements ChannelSizes {

    @Override
    public Size of(long channelId) {
      return known.of(channelId);
    }

    @Override
    public void ask(long channelId, Consumer<Boolean> small) {
      var _ = known.ask(channelId).thenAccept(yes -> loop.execute(() -> small.accept(yes)));
    }
  }
}
