package chat.starling.gateway.runtime;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Permit;
import chat.starling.gateway.workspace.Replicas;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
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
    return known.isDone() && !known.isCompletedExceptionally()
        ? known.thenCompose(permit -> judge(who, channelId, permit, needed))
        : known
            .copy()
            .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionallyCompose(fault -> CompletableFuture.failedFuture(told(fault, channelId)))
            .thenCompose(permit -> judge(who, channelId, permit, needed));
  }

  /**
   * Completes when what is heard of the workspace may be gone by; fails when that takes too long.
   */
  CompletableFuture<Void> open(long workspaceId) {
    CompletableFuture<Void> open = replicas.open(workspaceId);
    return open.isDone()
        ? open
        : open.copy()
            .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionallyCompose(fault -> CompletableFuture.failedFuture(told(fault, 0)));
  }

  /** The channel's workspace as far as it is known here; 0 when it is not. */
  long workspaceOf(long channelId) {
    return replicas.workspaceOf(channelId);
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
          .message("what the caller may do in the channel cannot be found out now")
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

  /** Whether the permit holds the permission now. */
  public boolean allows(Permit permit, Permission permission) {
    return permit.allows(permission, clock.millis());
  }

  /** The refusal for want of a permission in a channel. */
  public static RefusedException missing(long channelId, Permission needed) {
    return Refuse.because(Reason.REASON_PERMISSION_MISSING)
        .field("channel_id")
        .value(channelId)
        .expected(needed.name())
        .message("The caller lacks " + needed + " in the channel.")
        .toException();
  }
}
