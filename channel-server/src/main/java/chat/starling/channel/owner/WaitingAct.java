package chat.starling.channel.owner;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An act that has its answer to come. No two are the same, even if they ask the same. */
final class WaitingAct {

  /** How far an act is. */
  private enum Stage {
    UNDECIDED,
    /** It is to become an event. */
    WRITTEN,
    /** It has become one. */
    EVENT,
    /** It becomes none. */
    NOTHING
  }

  private final AdministerRequest request;
  private final String traceparent;
  private final CompletableFuture<AdministerResponse> answer = new CompletableFuture<>();
  private Stage stage = Stage.UNDECIDED;
  private @Nullable AdministerResponse response;
  private @Nullable Throwable fault;
  private long number;
  private int joined;

  /**
   * An act that waits.
   *
   * @param traceparent of the span that it is a part of; empty when it is not traced
   */
  WaitingAct(AdministerRequest request, String traceparent) {
    this.request = request;
    this.traceparent = traceparent;
  }

  AdministerRequest request() {
    return request;
  }

  String traceparent() {
    return traceparent;
  }

  /** Completed by the feed's loop, exactly once. */
  CompletableFuture<AdministerResponse> answer() {
    return answer;
  }

  /** It came as this one of its workspace's acts. */
  void cameAs(long position) {
    number = position;
  }

  /** Which of its workspace's acts it came as. */
  long number() {
    return number;
  }

  /** Nothing is decided of it, any more. */
  void isUndecided() {
    stage = Stage.UNDECIDED;
  }

  /** It is to become an event. */
  void isWritten() {
    stage = Stage.WRITTEN;
  }

  /** It has become this event. */
  void isEvent(AdministerResponse done) {
    stage = Stage.EVENT;
    response = done;
  }

  /** It becomes no event: there is nothing to do, or it was done before. */
  void isNothing(AdministerResponse done) {
    stage = Stage.NOTHING;
    response = done;
  }

  /** It becomes no event: this is why. */
  void isRefused(Throwable why) {
    stage = Stage.NOTHING;
    fault = why;
  }

  /** Whether it is decided and becomes no event. */
  boolean changesNothing() {
    return stage == Stage.NOTHING;
  }

  /** Whether it is an event. */
  boolean hasEvent() {
    return stage == Stage.EVENT;
  }

  /** Whether its answer is known. */
  boolean isFinal() {
    return stage == Stage.EVENT || stage == Stage.NOTHING;
  }

  /** The event that its answer tells of; 0 when it tells of none. */
  long seq() {
    return response == null ? 0 : response.getSeq();
  }

  /** Gives the answer, which is known. */
  void complete() {
    if (response == null) {
      answer.completeExceptionally(fault == null ? new AssertionError("no answer") : fault);
    } else {
      answer.complete(response);
    }
  }

  /** Whether both ask the same for the same nonce. */
  boolean repeats(WaitingAct other) {
    return request.getActorId() == other.request.getActorId()
        && request.getNonce().equals(other.request.getNonce())
        && request.getAct().equals(other.request.getAct());
  }

  /** Lets a repetition have the same answer. */
  void join(WaitingAct repetition) {
    joined++;
    var _ =
        answer.whenComplete((done, why) -> {
          if (why == null) {
            boolean wasDone = done.getSeq() > 0;
            repetition.answer.complete(done.toBuilder().setDuplicate(wasDone).build());
          } else {
            repetition.answer.completeExceptionally(why);
          }
        });
  }

  /** How many repetitions wait with it. */
  int joined() {
    return joined;
  }

  void refuse(Refusal refusal) {
    answer.completeExceptionally(new RefusedException(refusal));
  }
}
