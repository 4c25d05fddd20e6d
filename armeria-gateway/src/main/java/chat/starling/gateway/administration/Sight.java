package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.GetChannelRulesRequest;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.permission.Permissions;
import chat.starling.platform.permission.RuleRows;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Which channels a caller sees. One that he does not see is refused exactly as one that does not
 * exist.
 */
public final class Sight {

  private final ChannelServers servers;
  private final Insiders insiders;
  private final InstantSource clock;

  /** Sight as these servers have the rows. */
  public Sight(ChannelServers servers, Insiders insiders, InstantSource clock) {
    this.servers = servers;
    this.insiders = insiders;
    this.clock = clock;
  }

  /**
   * The workspace of a channel, when the caller's token admits to it; whether he sees the channel
   * is for whoever decides what he wants there. Fails with CHANNEL_NOT_FOUND.
   */
  public CompletableFuture<Long> workspaceOf(Identity who, long channelId) {
    return rules(who, channelId).thenApply(GetChannelRulesResponse::getWorkspaceId);
  }

  /** The channel as the caller sees it; fails with CHANNEL_NOT_FOUND. */
  public CompletableFuture<SeenChannel> channel(Identity who, long channelId) {
    return rules(who, channelId).thenCompose(rules -> seen(who, channelId, rules));
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

  /** What the channel makes of roles, for who has just changed it. */
  public CompletableFuture<GetChannelRulesResponse> rules(long channelId) {
    return servers
        .any()
        .channelRules(GetChannelRulesRequest.newBuilder().setChannelId(channelId).build());
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

  private CompletableFuture<GetChannelRulesResponse> rules(Identity who, long channelId) {
    return rules(channelId)
        .exceptionallyCompose(fault -> CompletableFuture.failedFuture(shown(channelId, fault)))
        .thenCompose(rules ->
            who.admitsTo(rules.getWorkspaceId())
                ? CompletableFuture.completedFuture(rules)
                : CompletableFuture.failedFuture(Permits.notFound(channelId)));
  }

  private CompletableFuture<SeenChannel> seen(
      Identity who, long channelId, GetChannelRulesResponse rules) {
    var workspace =
        servers
            .any()
            .workspaceRules(
                GetWorkspaceRulesRequest.newBuilder()
                    .setWorkspaceId(rules.getWorkspaceId())
                    .build());
    var caller = insiders.member(rules.getWorkspaceId(), who.userId());
    var membership =
        servers
            .any()
            .membership(
                GetMembershipRequest.newBuilder()
                    .setChannelId(channelId)
                    .setUserId(who.userId())
                    .build())
            .exceptionallyCompose(fault -> CompletableFuture.failedFuture(shown(channelId, fault)));
    return workspace.thenCompose(roles ->
        caller.thenCompose(member ->
            membership.thenCompose(found -> {
              long mask = mask(roles, rules, member, found);
              return Permission.VIEW_CHANNEL.isIn(mask)
                  ? CompletableFuture.completedFuture(
                      new SeenChannel(found.getChannel(), rules, mask, found.getMember()))
                  : CompletableFuture.failedFuture(Permits.notFound(channelId));
            })));
  }

  private long mask(
      GetWorkspaceRulesResponse roles,
      GetChannelRulesResponse rules,
      MemberRow caller,
      GetMembershipResponse membership) {
    if (caller.getState() == MemberState.MEMBER_STATE_LEFT
        || caller.getState() == MemberState.MEMBER_STATE_BANNED) {
      return Permissions.NONE;
    }
    return EffectiveMask.inChannel(
        RuleRows.workspace(
            roles.getVersion(), roles.getWorkspace().getOwnerId(), roles.getRolesList()),
        RuleRows.channel(rules.getChannel(), rules.getOverridesList(), rules.getVersion()),
        RuleRows.member(caller, caller.getVersion()),
        membership.getMember(),
        clock.millis());
  }
}
