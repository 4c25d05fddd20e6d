package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides acts on what a workspace's rows hold. The rows must hold what all events of the feed made
 * of them, and the event must become the next one; whoever asks sees to both.
 */
public final class Decisions {

  /** Code points of a reason. */
  public static final int MAX_REASON = 500;

  private final WorkspaceStore store;
  private final ActRules.Made made;
  private final InstantSource clock;

  /**
   * Decisions on these rows.
   *
   * @param nextId makes ids of new roles, channels and invitations
   * @param codes makes codes of invitations, which nobody may guess
   */
  public Decisions(
      WorkspaceStore store, LongSupplier nextId, Supplier<String> codes, InstantSource clock) {
    this.store = store;
    this.made = new ActRules.Made(nextId, codes);
    this.clock = clock;
  }

  /** The decision; fails with the refusal when the act may not be done. */
  public CompletionStage<Decision> decide(AdministerRequest request, String traceparent) {
    return decide(request, traceparent, store);
  }

  /**
   * Begins to decide on several acts on one workspace.
   *
   * @param at the last event of the feed, which the rows hold
   */
  public Turn turn(long workspaceId, long at) {
    return new Turn(this, workspaceId, at);
  }

  WorkspaceRows rows() {
    return store;
  }

  /** The decision on these rows. */
  CompletionStage<Decision> decide(
      AdministerRequest request, String traceparent, WorkspaceRows rows) {
    CompletionStage<Optional<DoneAct>> done =
        rows.done(request.getWorkspaceId(), request.getActorId(), request.getNonce());
    CompletionStage<Situation> situation = new Reading(rows, clock).situation(request);
    return done.thenCompose(found ->
        found.isPresent()
            ? CompletableFuture.completedStage(repetition(request, found.get()))
            : situation.thenApply(read -> fresh(request, read, traceparent)));
  }

  /** Reads ahead what the decision is likely to depend on. */
  void readAhead(AdministerRequest request, WorkspaceRows rows) {
    var _ = rows.done(request.getWorkspaceId(), request.getActorId(), request.getNonce());
    var _ = new Reading(rows, clock).situation(request);
  }

  private Decision fresh(AdministerRequest request, Situation situation, String traceparent) {
    Outcome outcome =
        new ActRules(situation, clock.millis(), made)
            .decide(request.getAct(), request.getExpectedVersion());
    if (outcome.changes().isEmpty()) {
      return new Decision.Nothing(
          AdministerResponse.newBuilder().setMadeId(outcome.madeId()).build());
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
}
