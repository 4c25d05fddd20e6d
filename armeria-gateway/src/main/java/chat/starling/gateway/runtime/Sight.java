package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.edge.KnownChannel;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.edge.UserKey;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.WorkspaceRules;
import chat.starling.platform.refusal.Refuse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/** What callers see of a workspace. */
public final class Sight {

  private final EdgeCache cache;
  private final Permits permits;
  private final UserChannels memberships;

  /** Through this cache, which hears of changes as the permits do. */
  public Sight(EdgeCache cache, Permits permits, ChannelServers servers) {
    this.cache = cache;
    this.permits = permits;
    this.memberships = new UserChannels(servers);
  }

  /**
   * Completes when the caller, whose token admits to the workspace, is not shut out of it; fails
   * with NOT_A_MEMBER or BANNED otherwise.
   */
  public CompletableFuture<Void> enter(Identity identity, long workspaceId) {
    cache.seen(identity, workspaceId);
    return permits
        .open(workspaceId)
        .thenCompose(open -> user(identity, workspaceId))
        .thenAccept(user -> requireIn(user.state()));
  }

  private CompletableFuture<KnownUser> user(Identity identity, long workspaceId) {
    return cache.users().of(new UserKey(workspaceId, identity.userId()));
  }

  private static void requireIn(MemberState state) {
    switch (state) {
      case MEMBER_STATE_LEFT -> throw shutOut(Reason.REASON_NOT_A_MEMBER);
      case MEMBER_STATE_BANNED -> throw shutOut(Reason.REASON_BANNED);
      default -> {}
    }
  }

  private static RuntimeException shutOut(Reason reason) {
    return Refuse.because(reason)
        .message("the caller is not a member of the workspace any more")
        .toException();
  }

  /** Those of the channels that are the workspace's and that the caller sees, in their order. */
  public CompletableFuture<List<KnownChannel>> seen(
      Identity identity, long workspaceId, Collection<KnownChannel> channels) {
    List<KnownChannel> here =
        channels.stream().filter(channel -> channel.workspaceId() == workspaceId).toList();
    CompletableFuture<LongPredicate> joined =
        here.stream().anyMatch(KnownChannel::isForMembers)
            ? joined(identity, workspaceId)
            : CompletableFuture.completedFuture(id -> false);
    return cache
        .rules()
        .of(workspaceId)
        .thenCombine(user(identity, workspaceId), (rules, user) -> new Eye(rules, user))
        .thenCombine(
            joined,
            (eye, isIn) -> here.stream().filter(channel -> eye.sees(channel, isIn)).toList());
  }

  private CompletableFuture<LongPredicate> joined(Identity identity, long workspaceId) {
    return memberships
        .of(identity.userId(), workspaceId)
        .thenApply(ids -> id -> Arrays.binarySearch(ids, id) >= 0);
  }

  private record Eye(WorkspaceRules rules, KnownUser user) {
    boolean sees(KnownChannel channel, LongPredicate joined) {
      return channel.isSeenBy(rules, user.member(), joined.test(channel.id()));
    }
  }
}
