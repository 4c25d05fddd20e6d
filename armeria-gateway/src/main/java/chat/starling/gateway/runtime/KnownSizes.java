package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.gateway.delivery.ChannelSizes;
import chat.starling.gateway.upstream.ChannelServers;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Which channels are small, as the directory said when it was asked last: once for all who want to
 * know. From any thread.
 */
public final class KnownSizes {

  /** How long a channel counts as large of which the directory does not tell. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private enum Answer {
    SMALL,
    LARGE,
    NONE
  }

  private final ChannelServers servers;
  private final int mostMembers;
  private final AsyncCache<Long, Answer> answers;

  /**
   * @param mostMembers of a small channel; 0 when none is
   * @param size channels remembered at most
   * @param time how long each
   */
  public KnownSizes(ChannelServers servers, int mostMembers, int size, Duration time) {
    this.servers = servers;
    this.mostMembers = mostMembers;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfter(
                Expiry.<Long, Answer>writing((id, answer) -> answer == Answer.NONE ? AGAIN : time))
            .buildAsync();
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
    Answer known = answers.synchronous().getIfPresent(channelId);
    return switch (known) {
      case null -> ChannelSizes.Size.UNKNOWN;
      case SMALL -> ChannelSizes.Size.SMALL;
      case LARGE, NONE -> ChannelSizes.Size.LARGE;
    };
  }

  private CompletableFuture<Answer> ask(long channelId) {
    return answers.get(channelId, (id, executor) -> count(id));
  }

  private CompletableFuture<Answer> count(long channelId) {
    var request =
        CountMembersRequest.newBuilder().setChannelId(channelId).setMost(mostMembers).build();
    return servers
        .any()
        .countMembers(request)
        .handle((counted, fault) -> counted == null ? Answer.NONE : answer(counted.getMembers()));
  }

  /** Nobody is a member of a channel of which the directory knows nothing. */
  private Answer answer(int members) {
    return members > 0 && members <= mostMembers ? Answer.SMALL : Answer.LARGE;
  }

  private record OnLoop(KnownSizes known, EventLoop loop) implements ChannelSizes {

    @Override
    public Size of(long channelId) {
      return known.of(channelId);
    }

    @Override
    public void ask(long channelId, Consumer<Boolean> small) {
      var _ =
          known
              .ask(channelId)
              .thenAccept(answer -> loop.execute(() -> small.accept(answer == Answer.SMALL)));
    }
  }
}
