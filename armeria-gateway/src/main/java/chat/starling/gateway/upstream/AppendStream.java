package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendManyResponse.Answer;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoop;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One stream of appends, from its opening to its end. Confined to its event loop. */
final class AppendStream implements ClientResponseObserver<AppendManyRequest, AppendManyResponse> {

  /** A frame holds no more appends than this; all answers to them may be one frame too. */
  static final int MAX_APPENDS = 256;

  /** A frame is not made longer once it has so many bytes; servers take 256 KiB. */
  private static final int MAX_BYTES = 128 * 1024;

  private final EventLoop loop;
  private final Outcome outcome;
  private final Queue<PendingAppend> unsent = new ArrayDeque<>();
  private final LongObjectMap<PendingAppend> unanswered = new LongObjectHashMap<>();
  private @Nullable ClientCallStreamObserver<AppendManyRequest> requests;
  private long lastNumber;
  private boolean finishing;
  private boolean over;

  AppendStream(EventLoop loop, Outcome outcome) {
    this.loop = loop;
    this.outcome = outcome;
  }

  /** It has ended; nothing can be sent on it. */
  boolean isOver() {
    return over;
  }

  /** Takes an append, to be sent with the others. */
  void add(PendingAppend append) {
    unsent.add(append);
    append.startTimer(loop, () -> timeIsOver(append));
  }

  /** Sends what was added, as soon as the connection takes it; opens the stream the first time. */
  void send(FeedServiceStub feeds) {
    if (requests == null) {
      try {
        var _ = feeds.appendMany(this);
      } catch (RuntimeException e) {
        end(e);
      }
    }
    flush();
  }

  /** Half-closes the stream after what was added; nothing may be added any more. */
  void finish() {
    finishing = true;
    flush();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<AppendManyRequest> call) {
    requests = call;
    call.setOnReadyHandler(() -> onLoop(this::flush));
  }

  @Override
  public void onNext(AppendManyResponse frame) {
    onLoop(() -> frame.getAnswersList().forEach(this::take));
  }

  @Override
  public void onError(Throwable fault) {
    onLoop(() -> end(fault));
  }

  @Override
  public void onCompleted() {
    onError(Status.UNAVAILABLE.withDescription("the server ended the stream").asException());
  }

  private void onLoop(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
    } else {
      loop.execute(step);
    }
  }

  private void flush() {
    ClientCallStreamObserver<AppendManyRequest> call = requests;
    while (call != null && !over && !unsent.isEmpty() && call.isReady()) {
      AppendManyRequest frame = nextFrame();
      if (frame.getAppendsCount() > 0) {
        call.onNext(frame);
      }
    }
    if (call != null && !over && finishing && unsent.isEmpty()) {
      finishing = false;
      call.onCompleted();
    }
  }

  private AppendManyRequest nextFrame() {
    AppendManyRequest.Builder frame = AppendManyRequest.newBuilder();
    int bytes = 0;
    while (frame.getAppendsCount() < MAX_APPENDS && bytes < MAX_BYTES) {
      PendingAppend next = unsent.poll();
      if (next == null) {
        break;
      }
      if (next.isDone()) {
        next.stopTimer();
        continue;
      }
      var numbered = next.numbered(++lastNumber);
      unanswered.put(next.number(), next);
      frame.addAppends(numbered);
      bytes += numbered.getSerializedSize();
    }
    return frame.build();
  }

  private void take(Answer answer) {
    PendingAppend append = unanswered.remove(answer.getNumber());
    if (append == null) {
      return;
    }
    switch (answer.getAnswerCase()) {
      case APPENDED -> outcome.of(append, answer.getAppended(), null);
      case REFUSED -> outcome.of(append, null, AttemptFaults.refused(answer.getRefused()));
      case ANSWER_NOT_SET -> outcome.of(append, null, AttemptFaults.unknown());
    }
  }

  private void timeIsOver(PendingAppend append) {
    unanswered.remove(append.number());
    outcome.of(append, null, AttemptFaults.late());
    while (!unsent.isEmpty() && unsent.element().isDone()) {
      unsent.remove().stopTimer();
    }
  }

  private void end(Throwable fault) {
    if (over) {
      return;
    }
    over = true;
    RefusedException lost = AttemptFaults.streamLost(fault);
    unanswered.values().forEach(append -> outcome.of(append, null, lost));
    unanswered.clear();
    unsent.forEach(append -> outcome.of(append, null, AttemptFaults.notSent()));
    unsent.clear();
  }

  /** Is told once what became of each append: a response or a fault. */
  @FunctionalInterface
  interface Outcome {
    void of(
        PendingAppend append, @Nullable AppendResponse response, @Nullable RefusedException fault);
  }
}
