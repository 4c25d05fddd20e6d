package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.EffectiveMask;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Decides acts on what a workspace's rows hold. The rows must hold what all events of the feed made
 * of them, and the event must become the next one; whoever asks sees to both.
 */
public final class Decisions {

  /** Code points of a reason. */
  public static final int MAX_REASON = 500;

  private final WorkspaceStore store;
  private final LongSupplier nextId;
  private final InstantSource clock;

  /**
   * Decisions on these rows.
   *
   * @param nextId makes ids of new roles
   */
  public Decisions(WorkspaceStore store, LongSupplier nextId, InstantSource clock) {
    this.store = store;
    this.nextId = nextId;
    this.clock = clock;
  }

  /**
   * The decision; fails with the refusal when the act may not be done.
   *
   * @param traceparent of the span that the act is a part of; empty when it is not traced
   */
  public CompletionStage<Decision> decide(AdministerRequest request, String traceparent) {
    return store
        .done(request.getWorkspaceId(), request.getActorId(), request.getNonce())
        .thenCompose(done ->
            done.isPresent()
                ? CompletableFuture.completedStage(repetition(request, done.get()))
                : situation(request)
                    .thenApply(situation -> fresh(request, situation, traceparent)));
  }

  private Decision fresh(AdministerRequest request, Situation situation, String traceparent) {
    Outcome outcome =
        new ActRules(situation, clock.millis(), nextId)
            .decide(request.getAct(), request.getExpectedVersion());
    if (outcome.changes().isEmpty()) {
      return new Decision.Nothing(AdministerResponse.getDefaultInstance());
    }
    return new Decision.Change(
        WorkspaceEvent.newBuilder()
            .setWorkspaceId(request.getWorkspaceId())
            .setTraceparent(traceparent)
            .setActorId(request.getActorId())
            .setNonce(request.getNonce())
            .setAct(request.getAct())
            .setReason(request.getReason())
            .setMadeId(outcome.madeId())
            .addAllChanges(outcome.changes())
            .build());
  }

  private static Decision repetition(AdministerRequest request, DoneAct done) {
    if (done.fingerprint() != DoneAct.fingerprint(request.getAct())) {
      throw Refuse.because(Reason.REASON_NONCE_REUSED)
          .field("nonce")
          .expected("a nonce of its own for every act")
          .toException();
    }
    return new Decision.Nothing(
        AdministerResponse.newBuilder()
            .setSeq(done.seq())
            .setMadeId(done.madeId())
            .setDuplicate(true)
            .build());
  }

  private CompletionStage<Situation> situation(AdministerRequest request) {
    long id = request.getWorkspaceId();
    ActTarget target = ActTarget.of(request.getAct());
    CompletionStage<Workspace> workspace =
        store.workspace(id).thenApply(found -> found.orElseGet(() -> Workspace.unfounded(id)));
    CompletionStage<Optional<ChannelState>> channel =
        target.channelId() > 0
            ? store.channel(target.channelId())
            : CompletableFuture.completedStage(Optional.empty());
    CompletionStage<MemberRow> actor = member(id, request.getActorId());
    CompletionStage<MemberRow> user = member(id, target.userId());
    return workspace.thenCompose(founded ->
        actor.thenCompose(from ->
            user.thenCompose(to ->
                channel.thenCompose(found ->
                    withRole(
                        new Situation(
                            founded,
                            from,
                            to,
                            found.filter(one -> one.workspaceId() == id),
                            List.of(),
                            0),
                        target)))));
  }

  private CompletionStage<Situation> withRole(Situation situation, ActTarget target) {
    long id = situation.workspace().id();
    if (target.counted() > 0 && target.counted() != id) {
      return store
          .channelsOverriding(id, target.counted(), WorkspaceStore.MOST_OVERRIDDEN)
          .thenApply(channels -> situation.with(channels.size()));
    }
    // Whoever may do everything needs no look at the channels that override a role.
    if (target.roleInChannels() <= 0 || isAdministrator(situation)) {
      return CompletableFuture.completedStage(situation);
    }
    return store
        .channelsOverriding(id, target.roleInChannels(), WorkspaceStore.MOST_OVERRIDDEN)
        .thenCompose(ids -> channels(ids, 0, new ArrayList<>()))
        .thenApply(situation::with);
  }

  private boolean isAdministrator(Situation situation) {
    return Permission.ADMINISTRATOR.isIn(
        EffectiveMask.inWorkspace(
            situation.rules(), Situation.asMember(situation.actor()), clock.millis()));
  }

  private CompletionStage<List<ChannelState>> channels(
      List<Long> ids, int index, List<ChannelState> found) {
    if (index == ids.size()) {
      return CompletableFuture.completedStage(found);
    }
    return store
        .channel(ids.get(index))
        .thenCompose(channel -> {
          channel.ifPresent(found::add);
          return channels(ids, index + 1, found);
        });
  }

  private CompletionStage<MemberRow> member(long workspaceId, long userId) {
    return userId <= 0
        ? CompletableFuture.completedStage(Situation.unknown(userId))
        : store
            .member(workspaceId, userId)
            .thenApply(found -> found.orElseGet(() -> Situation.unknown(userId)));
  }
}
