package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
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
                    in.join(),
                    List.of(),
                    0,
                    left.join())))
        .thenCompose(situation -> withRole(situation, target));
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
        .thenApply(in -> situation.with(List.of(), union(situation.memberships(), in)));
  }

  private CompletionStage<Situation> withRole(Situation situation, ActTarget target) {
    long id = situation.workspace().id();
    if (target.counted() > 0 && target.counted() != id) {
      return rows.channelsOverriding(id, target.counted(), WorkspaceStore.MOST_OVERRIDDEN)
          .thenApply(found -> situation.with(found.size()));
    }
    // Whoever may do everything needs no look at the channels that override a role.
    if (target.roleInChannels() <= 0 || isAdministrator(situation)) {
      return CompletableFuture.completedStage(situation);
    }
    return rows.channelsOverriding(id, target.roleInChannels(), WorkspaceStore.MOST_OVERRIDDEN)
        .thenCompose(ids -> withOverriding(situation, ids, 0, new ArrayList<>(), new HashSet<>()));
  }

  private boolean isAdministrator(Situation situation) {
    return Permission.ADMINISTRATOR.isIn(
        EffectiveMask.inWorkspace(
            situation.rules(), Situation.asMember(situation.actor()), clock.millis()));
  }

  private CompletionStage<Situation> withOverriding(
      Situation situation, List<Long> ids, int index, List<ChannelState> found, Set<InChannel> in) {
    if (index == ids.size()) {
      return CompletableFuture.completedStage(situation.with(found, in));
    }
    return rows.channel(ids.get(index))
        .thenCombine(
            memberships(ids.get(index), situation.actor().getUserId()),
            (channel, memberships) -> {
              channel.ifPresent(found::add);
              return in.addAll(memberships);
            })
        .thenCompose(done -> withOverriding(situation, ids, index + 1, found, in));
  }

  private static <T> CompletableFuture<List<T>> all(List<? extends CompletionStage<T>> reads) {
    List<CompletableFuture<T>> futures =
        reads.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }

  private static Set<InChannel> union(Set<InChannel> some, Set<InChannel> others) {
    return setOf(Stream.concat(some.stream(), others.stream()));
  }

  private static Set<InChannel> setOf(Stream<InChannel> memberships) {
    return memberships.collect(Collectors.toUnmodifiableSet());
  }
}
