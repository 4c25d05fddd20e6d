package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what acts are decided on.
 *
 * @param rows as they are before the act
 */
record Reading(WorkspaceRows rows, InstantSource clock) {

  /** A role may have an override in 500: neither one after the other nor all at once. */
  private static final int CHANNELS_AT_ONCE = 16;

  /** All that the act is decided on; fails with the refusal of what names nothing there can be. */
  CompletionStage<Situation> situation(AdministerRequest request) {
    try {
      return situation(request, ActTarget.of(request.getAct(), request.getActorId()));
    } catch (RuntimeException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  private CompletionStage<Situation> situation(AdministerRequest request, ActTarget target) {
    long id = request.getWorkspaceId();
    var workspace = workspace(id).toCompletableFuture();
    var actor = member(id, request.getActorId()).toCompletableFuture();
    var user = member(id, target.userId()).toCompletableFuture();
    var direct = all(target.directUserIds().stream().map(one -> member(id, one)).toList());
    var channel = channel(id, target).toCompletableFuture();
    var named = named(id, target.name()).toCompletableFuture();
    var in =
        memberships(target.channelId(), request.getActorId(), target.userId())
            .toCompletableFuture();
    var left = membershipsOf(id, leaver(request)).toCompletableFuture();
    return CompletableFuture.allOf(workspace, actor, user, direct, channel, named, in, left)
        .thenCompose(read ->
            withName(
                new Situation(
                    workspace.join(),
                    actor.join(),
                    user.join(),
                    direct.join(),
                    channel.join().filter(one -> one.workspaceId() == id),
                    named.join(),
                    left.join(),
                    Details.of(in.join()))))
        .thenCompose(situation -> withRole(situation, target))
        .thenCompose(situation -> withInvitations(situation, request.getAct()));
  }

  /** Who is to be in the workspace no more; 0 for nobody. */
  private static long leaver(AdministerRequest request) {
    Act act = request.getAct();
    return switch (act.getActCase()) {
      case KICK -> act.getKick().getUserId();
      case BAN -> act.getBan().getUserId();
      case LEAVE -> request.getActorId();
      default -> 0;
    };
  }

  private CompletionStage<List<MembershipChange>> membershipsOf(long workspaceId, long userId) {
    return userId <= 0
        ? CompletableFuture.completedStage(List.of())
        : rows.memberships(workspaceId, userId, WorkspaceStore.MOST_MEMBERSHIPS);
  }

  private CompletionStage<Workspace> workspace(long id) {
    return rows.workspace(id).thenApply(found -> found.orElseGet(() -> Workspace.unfounded(id)));
  }

  private CompletionStage<MemberRow> member(long workspaceId, long userId) {
    return userId <= 0
        ? CompletableFuture.completedStage(Situation.unknown(userId))
        : rows.member(workspaceId, userId)
            .thenApply(found -> found.orElseGet(() -> Situation.unknown(userId)));
  }

  private CompletionStage<Optional<ChannelState>> channel(long workspaceId, ActTarget target) {
    if (!target.directUserIds().isEmpty()) {
      return rows.direct(workspaceId, target.directUserIds());
    }
    return target.channelId() <= 0
        ? CompletableFuture.completedStage(Optional.empty())
        : rows.channel(target.channelId());
  }

  private CompletionStage<Optional<ChannelState>> named(long workspaceId, String name) {
    return name.isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : rows.named(workspaceId, name);
  }

  /** Which of these users, of whom some may be 0, are in the channel. */
  private CompletionStage<Set<InChannel>> memberships(long channelId, long... userIds) {
    List<CompletionStage<Optional<InChannel>>> reads = new ArrayList<>();
    for (long userId : userIds) {
      if (channelId > 0 && userId > 0) {
        reads.add(membership(channelId, userId));
      }
    }
    return all(reads).thenApply(found -> setOf(found.stream().flatMap(Optional::stream)));
  }

  private CompletionStage<Optional<InChannel>> membership(long channelId, long userId) {
    return rows.isInChannel(channelId, userId)
        .thenApply(in -> in ? Optional.of(new InChannel(channelId, userId)) : Optional.empty());
  }

  /** Whether the actor is in the channel that has the name he wants. */
  private CompletionStage<Situation> withName(Situation situation) {
    if (situation.named().isEmpty()) {
      return CompletableFuture.completedStage(situation);
    }
    long channelId = situation.named().get().row().getChannelId();
    return memberships(channelId, situation.actor().getUserId())
        .thenApply(in -> situation.with(situation.details().with(in)));
  }

  private CompletionStage<Situation> withRole(Situation situation, ActTarget target) {
    long id = situation.workspace().id();
    if (target.counted() > 0 && target.counted() != id) {
      return rows.channelsOverriding(id, target.counted(), WorkspaceStore.MOST_OVERRIDDEN)
          .thenApply(found -> situation.with(situation.details().with(found.size())));
    }
    return target.roleInChannels() <= 0
        ? CompletableFuture.completedStage(situation)
        : withRoles(situation, situation.actor(), List.of(target.roleInChannels()));
  }

  /** With all channels that override any of the roles that somebody is to give or to take. */
  private CompletionStage<Situation> withRoles(
      Situation situation, MemberRow giver, List<Long> roleIds) {
    // Whoever may do everything needs no look at the channels that override a role.
    if (roleIds.isEmpty() || isAdministrator(situation, giver)) {
      return CompletableFuture.completedStage(situation);
    }
    long id = situation.workspace().id();
    return all(roleIds.stream()
            .map(role -> rows.channelsOverriding(id, role, WorkspaceStore.MOST_OVERRIDDEN))
            .toList())
        .thenCompose(lists -> {
          List<Long> ids = lists.stream().flatMap(List::stream).sorted().distinct().toList();
          return new Channels(situation, giver.getUserId(), ids).from(0);
        });
  }

  private boolean isAdministrator(Situation situation, MemberRow who) {
    return Permission.ADMINISTRATOR.isIn(
        EffectiveMask.inWorkspace(situation.rules(), Situation.asMember(who), clock.millis()));
  }

  private CompletionStage<Situation> withInvitations(Situation situation, Act act) {
    return switch (act.getActCase()) {
      case CREATE_INVITATION, REVOKE_INVITATION ->
          rows.invitations(situation.workspace().id())
              .thenCompose(found ->
                  withRoles(
                      situation.with(situation.details().with(Invitations.of(found))),
                      situation.actor(),
                      positive(act.getCreateInvitation().getRoleIdsList())));
      case ACCEPT_INVITATION ->
          rows.invitations(situation.workspace().id())
              .thenCompose(
                  found -> withInviter(situation, found, act.getAcceptInvitation().getCode()));
      default -> CompletableFuture.completedStage(situation);
    };
  }

  private CompletionStage<Situation> withInviter(
      Situation situation, List<InvitationRow> found, String code) {
    Optional<InvitationRow> accepted = Invitations.find(found, code, clock.millis());
    return member(situation.workspace().id(), accepted.map(InvitationRow::getCreatedBy).orElse(0L))
        .thenCompose(inviter ->
            withRoles(
                situation.with(situation.details().with(new Invitations(found, accepted, inviter))),
                inviter,
                accepted.map(InvitationRow::getRoleIdsList).orElseGet(List::of)));
  }

  /** At most as many as an invitation can have: of more none is looked at. */
  private static List<Long> positive(List<Long> roleIds) {
    return roleIds.stream().filter(id -> id > 0).limit(InvitationActs.MOST_ROLES).toList();
  }

  /** A channel, if there is one, and whether somebody is in it. */
  private record Read(Optional<ChannelState> channel, Set<InChannel> in) {}

  /** Channels that are read some at a time, and whether somebody is in them. */
  private final class Channels {
    private final Situation situation;
    private final long userId;
    private final List<Long> ids;
    private final List<ChannelState> found = new ArrayList<>();
    private final Set<InChannel> in = new HashSet<>();

    Channels(Situation situation, long userId, List<Long> ids) {
      this.situation = situation;
      this.userId = userId;
      this.ids = ids;
    }

    CompletionStage<Situation> from(int index) {
      if (index >= ids.size()) {
        return CompletableFuture.completedStage(
            situation.with(situation.details().with(found, in)));
      }
      int end = Math.min(index + CHANNELS_AT_ONCE, ids.size());
      return all(ids.subList(index, end).stream().map(this::read).toList())
          .thenCompose(some -> {
            some.forEach(one -> {
              one.channel.ifPresent(found::add);
              in.addAll(one.in);
            });
            return from(end);
          });
    }

    private CompletionStage<Read> read(long id) {
      return rows.channel(id).thenCombine(memberships(id, userId), Read::new);
    }
  }

  private static <T> CompletableFuture<List<T>> all(List<? extends CompletionStage<T>> reads) {
    List<CompletableFuture<T>> futures =
        reads.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }

  private static Set<InChannel> setOf(Stream<InChannel> memberships) {
    return memberships.collect(Collectors.toUnmodifiableSet());
  }
}
