package chat.starling.channel.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.datastax.oss.driver.api.core.DriverException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends unary calls with what a domain package answers. */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** Answers the call with the stage's value or refusal, or with the refusal thrown at once. */
  static <T> void answer(StreamObserver<T> call, Supplier<? extends CompletionStage<T>> question) {
    outliveCancel(call);
    try {
      question
          .get()
          .whenComplete((value, fault) -> {
            if (fault == null) {
              finish(call, value);
            } else {
              call.onError(told(fault));
            }
          });
    } catch (RuntimeException e) {
      call.onError(told(e));
    }
  }

  /** Ends the call with one message. */
  static <T> void finish(StreamObserver<T> call, T value) {
    call.onNext(value);
    call.onCompleted();
  }

  /** An answer to a caller that has gone is dropped, not an exception. */
  static void outliveCancel(StreamObserver<?> call) {
    ((ServerCallStreamObserver<?>) call).setOnCancelHandler(() -> {});
  }

  /** The fault as callers may see it: a store that does not answer is UNAVAILABLE. */
  static Throwable told(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof DriverException) {
      log.warn("the store did not answer: {}", cause.toString());
      return Refuse.because(Reason.REASON_UNAVAILABLE)
          .message("the store does not answer")
          .toException();
    }
    return cause instanceof RefusedException ? cause : fault;
  }
}
