package chat.starling.gateway.administration;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.runtime.UserChannels;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.gateway.workspace.Permit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/**
 * The channels that a caller sees. One that he does not see is refused exactly as one that does not
 * exist. All answers are true at some moment after the question.
 */
public final class Channels {

  private final Permits permits;
  private final Insiders insiders;
  private final UserChannels memberships;

  /** Channels as these permits have them. */
  public Channels(Permits permits, Insiders insiders, UserChannels memberships) {
    this.permits = permits;
    this.insiders = insiders;
    this.memberships = memberships;
  }

  /**
   * The workspace of a channel, when the caller's token admits to it; whether he sees the channel
   * is for whoever decides what he wants there. Fails with CHANNEL_NOT_FOUND.
   */
  public CompletableFuture<Long> workspaceOf(Identity who, long channelId) {
    return permits
        .home(channelId)
        .thenCompose(workspace ->
            who.admitsTo(workspace)
                ? CompletableFuture.completedFuture(workspace)
                : CompletableFuture.failedFuture(Permits.notFound(channelId)));
  }

  /** The channel as the caller sees it; fails with CHANNEL_NOT_FOUND. */
  public CompletableFuture<SeenChannel> channel(Identity who, long channelId) {
    return workspaceOf(who, channelId)
        .thenCompose(workspace -> permits.permit(who, channelId))
        .thenCompose(permit -> seen(who, channelId, permit));
  }

  /** The same; empty when the caller does not see the channel. */
  public CompletableFuture<Optional<SeenChannel>> find(Identity who, long channelId) {
    return channel(who, channelId)
        .thenApply(Optional::of)
        .exceptionallyCompose(fault ->
            isUnseen(fault)
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(fault));
  }

  /**
   * Those of these channels that there are in the workspace and that the caller sees, in their
   * order. Fails as {@link Insiders#require}.
   */
  public CompletableFuture<List<ChannelFacts>> among(
      Identity who, long workspaceId, Collection<Long> ids) {
    return insiders
        .require(who, workspaceId)
        .thenCompose(standing -> of(who, workspaceId, ids))
        .thenCompose(found -> seen(who, workspaceId, found));
  }

  /** Those of these channels that there are in the workspace, seen or not, in their order. */
  CompletableFuture<List<ChannelFacts>> of(Identity who, long workspaceId, Collection<Long> ids) {
    return permits.channels(workspaceId, who.userId(), ids);
  }

  /** Those of the workspace's channels that the caller sees, in their order; fails likewise. */
  CompletableFuture<List<ChannelFacts>> seen(
      Identity who, long workspaceId, List<ChannelFacts> found) {
    boolean forMembers = found.stream().anyMatch(ChannelFacts::isForMembers);
    CompletableFuture<LongPredicate> joined =
        forMembers ? joined(who, workspaceId) : CompletableFuture.completedFuture(id -> false);
    return joined.thenCompose(isIn ->
        insiders
            .require(who, workspaceId)
            .thenApply(standing ->
                found.stream()
                    .filter(channel -> standing.sees(channel, isIn.test(channel.id())))
                    .toList()));
  }

  /** Whether the caller is a member of the workspace's channel with an id. */
  CompletableFuture<LongPredicate> joined(Identity who, long workspaceId) {
    return memberships
        .of(who.userId(), workspaceId)
        .thenApply(ids -> id -> Arrays.binarySearch(ids, id) >= 0);
  }

  /** The channel, for who has just changed it and need not see it any more. */
  public CompletableFuture<ChannelFacts> changed(long channelId) {
    return permits.channel(channelId);
  }

  /** The fault of an act on a channel as the caller is to see it. */
  public static Throwable shown(long channelId, Throwable fault) {
    boolean outside =
        ActRefusals.isFor(Reason.REASON_NOT_A_MEMBER, fault)
            || ActRefusals.isFor(Reason.REASON_BANNED, fault);
    return outside || isUnseen(fault) ? Permits.notFound(channelId) : fault;
  }

  /** Whether a look-up failed because there is no such channel for the caller. */
  public static boolean isUnseen(Throwable fault) {
    return ActRefusals.isFor(Reason.REASON_CHANNEL_NOT_FOUND, fault);
  }

  /** What is known is void from one moment to the next; then it is found out anew. */
  private CompletableFuture<SeenChannel> seen(Identity who, long channelId, Permit permit) {
    ChannelFacts facts = permit.facts();
    long mask = permit.mask(permits.clock().millis());
    if (facts == null || !permit.isKnown()) {
      return channel(who, channelId);
    }
    return permit.allowsSeeing()
        ? CompletableFuture.completedFuture(new SeenChannel(facts, mask))
        : CompletableFuture.failedFuture(Permits.notFound(channelId));
  }
}
