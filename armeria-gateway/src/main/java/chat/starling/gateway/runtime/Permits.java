package chat.starling.gateway.runtime;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.gateway.workspace.Permit;
import chat.starling.gateway.workspace.Replicas;
import chat.starling.gateway.workspace.Standing;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who may do what in which channel: a member of it whose roles permit it.
 *
 * @param patience for what has to be read first
 */
public record Permits(Replicas replicas, InstantSource clock, Duration patience) {

  /**
   * Completes with the permit of one who is a member of the channel and has the permission. Fails
   * with CHANNEL_NOT_FOUND where there is no such channel or the caller may not know of it, which
   * look the same; NOT_A_MEMBER; PERMISSION_MISSING; or with what kept us from finding out.
   */
  public CompletableFuture<Permit> check(Identity who, long channelId, Permission needed) {
    CompletableFuture<Permit> known = replicas.permit(channelId, who.userId());
    return soon(known, channelId).thenCompose(permit -> judge(who, channelId, permit, needed));
  }

  /**
   * What the caller may do in the channel, whose workspace his token admits to; he need neither see
   * it nor be a member of it. Fails with CHANNEL_NOT_FOUND, or with what kept us from finding out,
   * as all that follow.
   */
  public CompletableFuture<Permit> permit(Identity who, long channelId) {
    return soon(replicas.permit(channelId, who.userId()), channelId);
  }

  /** What the user is in the workspace. */
  public CompletableFuture<Standing> standing(long workspaceId, long userId) {
    return soon(replicas.sight(workspaceId, userId).standing(), 0);
  }

  /** Those of these channels that there are in the workspace, seen or not, in their order. */
  public CompletableFuture<List<ChannelFacts>> channels(
      long workspaceId, long userId, Collection<Long> ids) {
    return soon(replicas.sight(workspaceId, userId).channels(ids), 0);
  }

  /** A channel, whoever sees it. */
  public CompletableFuture<ChannelFacts> channel(long channelId) {
    return soon(replicas.channel(channelId), channelId);
  }

  /** The channel's workspace. */
  public CompletableFuture<Long> home(long channelId) {
    return soon(replicas.home(channelId), channelId);
  }

  /** The channel's workspace as far as it is known here; 0 when it is not. */
  long workspaceOf(long channelId) {
    return replicas.workspaceOf(channelId);
  }

  /** Fails when it takes too long. */
  private <T> CompletableFuture<T> soon(CompletableFuture<T> known, long channelId) {
    return known.isDone() && !known.isCompletedExceptionally()
        ? known
        : known
            .copy()
            .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionallyCompose(fault -> CompletableFuture.failedFuture(told(fault, channelId)));
  }

  private CompletableFuture<Permit> judge(
      Identity who, long channelId, Permit permit, Permission needed) {
    if (!who.admitsTo(permit.workspaceId()) || !permit.allowsSeeing()) {
      return CompletableFuture.failedFuture(notFound(channelId));
    }
    if (!permit.isJoined()) {
      return CompletableFuture.failedFuture(notAMember(channelId));
    }
    if (!permit.allows(needed, clock.millis())) {
      return CompletableFuture.failedFuture(missing(channelId, needed));
    }
    return CompletableFuture.completedFuture(permit);
  }

  /** A channel that is not there is told as one that the caller may not know of. */
  private static Throwable told(Throwable fault, long channelId) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof TimeoutException) {
      return Refuse.because(Reason.REASON_UNAVAILABLE)
          .message("what the caller may do cannot be found out now")
          .retryAfter(Duration.ofSeconds(1))
          .toException();
    }
    return cause instanceof RefusedException refused
            && refused.reason() == Reason.REASON_CHANNEL_NOT_FOUND
        ? notFound(channelId)
        : cause;
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

  private static RefusedException missing(long channelId, Permission needed) {
    return Refuse.because(Reason.REASON_PERMISSION_MISSING)
        .field("channel_id")
        .value(channelId)
        .expected(needed.name())
        .message("The caller lacks " + needed + " in the channel.")
        .toException();
  }
}
