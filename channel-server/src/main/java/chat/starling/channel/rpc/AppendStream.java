package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendManyResponse.Answer;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.RefusalHandler;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's stream of appends. Confined to its event loop, but for the answers: they come from
 * any thread, and those that are due together go out in one frame. What is in flight when the
 * stream ends is carried on with, and its answers are dropped.
 */
final class AppendStream implements StreamObserver<AppendManyRequest> {

  private static final Logger log = LoggerFactory.getLogger(AppendStream.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Appends appends;
  private final ServerCallStreamObserver<AppendManyResponse> call;
  private final Outbound<Answer> outbound;
  private final int maxUnanswered;
  private final Consumer<AppendStream> onEnd;
  private int unanswered;
  private boolean halfClosed;
  private boolean ended;

  /**
   * @param maxUnanswered appends whose answers are not written yet; more are refused
   * @param maxBytes of answers that wait to be read; with more the stream is ended
   */
  AppendStream(
      Appends appends,
      ServerCallStreamObserver<AppendManyResponse> call,
      Executor eventLoop,
      int maxUnanswered,
      int maxBytes,
      Consumer<AppendStream> onEnd) {
    this.appends = appends;
    this.call = call;
    this.maxUnanswered = maxUnanswered;
    this.onEnd = onEnd;
    this.outbound = new Outbound<>(call, eventLoop, maxBytes);
  }

  /** Begins to answer. */
  void begin() {
    outbound.begin(this::write, this::ended);
  }

  @Override
  public void onNext(AppendManyRequest frame) {
    if (!ended) {
      frame.getAppendsList().forEach(this::append);
    }
  }

  @Override
  public void onError(Throwable fault) {
    ended();
  }

  @Override
  public void onCompleted() {
    halfClosed = true;
    completeOnceAnswered();
  }

  /** Ends the stream after the answers that are due. From any thread. */
  void stop() {
    outbound.fail(
        Refuse.because(Reason.REASON_UNAVAILABLE).message("this server is stopping").toException());
  }

  private void append(AppendManyRequest.Numbered numbered) {
    Caller caller = new Caller(outbound, numbered.getNumber());
    if (++unanswered > maxUnanswered) {
      caller.refused(overloaded());
      return;
    }
    try {
      appends.append(numbered.getAppend(), numbered.getTraceparent(), caller);
    } catch (RuntimeException e) {
      caller.refused(told(e));
    }
  }

  private void write(List<Answer> answers) {
    call.onNext(AppendManyResponse.newBuilder().addAllAnswers(answers).build());
    unanswered -= answers.size();
    completeOnceAnswered();
  }

  private void completeOnceAnswered() {
    if (halfClosed && unanswered == 0) {
      outbound.complete();
    }
  }

  private void ended() {
    ended = true;
    onEnd.accept(this);
  }

  private Refusal overloaded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .field("appends")
        .value(unanswered)
        .expected("at most " + maxUnanswered + " without an answer on one stream")
        .retryAfter(RETRY_AFTER)
        .build();
  }

  private static Refusal told(RuntimeException fault) {
    Refusal refusal = RefusalHandler.refusal(Status.UNKNOWN, fault);
    if (refusal.getReason() == Reason.REASON_INTERNAL) {
      log.error("an append failed", fault);
    }
    return refusal;
  }

  /** Whoever waits for the answer to one append of the stream. */
  private record Caller(Outbound<Answer> outbound, long number) implements AppendCaller {

    @Override
    public void appended(AppendResponse response) {
      outbound.send(Answer.newBuilder().setNumber(number).setAppended(response).build());
    }

    @Override
    public void refused(Refusal refusal) {
      outbound.send(Answer.newBuilder().setNumber(number).setRefused(refusal).build());
    }
  }
}
