package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
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
   * @param nextId makes ids of new roles and channels
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
    return decide(request, traceparent, reading());
  }

  /** A reading of the rows as they are now. */
  public Reading reading() {
    return new Reading(store, clock);
  }

  /**
   * The decision on what other acts of this moment are decided on too: they are {@linkplain
   * #isOfActorAlone of their actors alone}, and no actor's but one's.
   *
   * @param traceparent of the span that the act is a part of; empty when it is not traced
   */
  public CompletionStage<Decision> decide(
      AdministerRequest request, String traceparent, Reading reading) {
    CompletionStage<Optional<DoneAct>> done =
        store.done(request.getWorkspaceId(), request.getActorId(), request.getNonce());
    CompletionStage<Situation> situation = reading.situation(request);
    return done.thenCompose(found ->
        found.isPresent()
            ? CompletableFuture.completedStage(repetition(request, found.get()))
            : situation.thenApply(read -> fresh(request, read, traceparent)));
  }

  /**
   * Whether the act changes nothing but what its actor is to a workspace or a channel, so that no
   * such act of another decides it or is decided by it.
   */
  public static boolean isOfActorAlone(Act act) {
    return switch (act.getActCase()) {
      case ENTER, LEAVE, JOIN_CHANNEL, LEAVE_CHANNEL -> true;
      default -> false;
    };
  }

  private Decision fresh(AdministerRequest request, Situation situation, String traceparent) {
    Outcome outcome =
        new ActRules(situation, clock.millis(), nextId)
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
