package chat.starling.channel.owner;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An act that has its answer to come. No two are the same, even if they ask the same. */
final class WaitingAct {

  private final AdministerRequest request;
  private final String traceparent;
  private final CompletableFuture<AdministerResponse> answer = new CompletableFuture<>();
  private @Nullable AdministerResponse done;
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

  /** It has become this event. */
  void isEvent(AdministerResponse response) {
    done = response;
  }

  /** What it is to be answered once the rows hold its event; null before there is one. */
  @Nullable AdministerResponse event() {
    return done;
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
        answer.whenComplete((response, fault) -> {
          if (fault == null) {
            boolean done = response.getSeq() > 0;
            repetition.answer.complete(response.toBuilder().setDuplicate(done).build());
          } else {
            repetition.answer.completeExceptionally(fault);
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
