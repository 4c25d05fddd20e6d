package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Who may see which channel. Only a yes is remembered, for a bounded time: who has just joined must
 * not be told no.
 */
public final class Memberships {

  private record Key(long channelId, long userId) {}

  private final ChannelServers servers;
  private final Cache<Key, Long> workspaces;

  /**
   * @param size memberships remembered at most
   * @param time how long each
   */
  public Memberships(ChannelServers servers, int size, Duration time) {
    this.servers = servers;
    this.workspaces = Caffeine.newBuilder().maximumSize(size).expireAfterWrite(time).build();
  }

  /**
   * Completes with the channel's workspace when the identity may read and write the channel; fails
   * with CHANNEL_NOT_FOUND (also for a channel of a workspace that the token does not admit to, so
   * that nothing leaks), NOT_A_MEMBER, or what kept us from asking.
   */
  public CompletableFuture<Long> check(Identity identity, long channelId) {
    Key key = new Key(channelId, identity.userId());
    Long known = workspaces.getIfPresent(key);
    if (known != null) {
      return identity.admitsTo(known)
          ? CompletableFuture.completedFuture(known)
          : CompletableFuture.failedFuture(notFound(channelId));
    }
    var request =
        GetMembershipRequest.newBuilder()
            .setChannelId(channelId)
            .setUserId(identity.userId())
            .build();
    return servers.any().membership(request).thenCompose(answer -> judge(identity, key, answer));
  }

  private CompletableFuture<Long> judge(Identity identity, Key key, GetMembershipResponse answer) {
    long workspace = answer.getChannel().getWorkspaceId();
    if (!identity.admitsTo(workspace)) {
      return CompletableFuture.failedFuture(notFound(key.channelId()));
    }
    if (!answer.getMember()) {
      return CompletableFuture.failedFuture(notAMember(key.channelId()));
    }
    workspaces.put(key, workspace);
    return CompletableFuture.completedFuture(workspace);
  }

  /** The refusal for a channel that is not there, or not there for this caller. */
  public static RefusedException notFound(long channelId) {
    return Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
        .field("channel_id")
        .value(channelId)
        .expected("a channel of a workspace that the token admits to")
        .toException();
  }

  private static RefusedException notAMember(long channelId) {
    return Refuse.because(Reason.REASON_NOT_A_MEMBER)
        .field("channel_id")
        .value(channelId)
        .expected("a channel that the caller is a member of")
        .toException();
  }
}
