package chat.starling.bench;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyRequest.Numbered;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendManyResponse.Answer;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The appends of a client on one stream: what is due in one turn of the loop is one frame. */
final class AppendLine implements StreamObserver<AppendManyResponse> {

  private static final int MAX_APPENDS = 256;
  private static final int MAX_BYTES = 128 * 1024;

  private final FeedServiceStub feeds;
  private final Executor loop;
  private final Queue<Pending> due = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<Long, Pending> unanswered = new HashMap<>();
  private @Nullable StreamObserver<AppendManyRequest> requests;
  private long lastNumber;

  /** Appends whose frames are made on this loop, one thread. */
  AppendLine(FeedServiceStub feeds, Executor loop) {
    this.feeds = feeds;
    this.loop = loop;
  }

  /** Fails with the status of a refusal, or of the stream that ended. */
  CompletableFuture<AppendResponse> append(AppendRequest request) {
    Pending pending = new Pending(request);
    due.add(pending);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::send);
    }
    return pending;
  }

  @Override
  public void onNext(AppendManyResponse frame) {
    loop.execute(() -> frame.getAnswersList().forEach(this::take));
  }

  @Override
  public void onError(Throwable fault) {
    loop.execute(() -> {
      requests = null;
      unanswered.values().forEach(pending -> pending.completeExceptionally(fault));
      unanswered.clear();
    });
  }

  @Override
  public void onCompleted() {
    onError(Status.UNAVAILABLE.asException());
  }

  private void send() {
    scheduled.set(false);
    for (Pending next = due.poll(); next != null; ) {
      AppendManyRequest.Builder frame = AppendManyRequest.newBuilder();
      int bytes = 0;
      while (next != null && frame.getAppendsCount() < MAX_APPENDS && bytes < MAX_BYTES) {
        Numbered numbered =
            Numbered.newBuilder().setNumber(++lastNumber).setAppend(next.request).build();
        unanswered.put(lastNumber, next);
        frame.addAppends(numbered);
        bytes += numbered.getSerializedSize();
        next = due.poll();
      }
      StreamObserver<AppendManyRequest> open = requests;
      if (open == null) {
        open = feeds.appendMany(this);
        requests = open;
      }
      open.onNext(frame.build());
    }
  }

  private void take(Answer answer) {
    Pending pending = unanswered.remove(answer.getNumber());
    if (pending == null) {
      return;
    }
    if (answer.hasAppended()) {
      pending.complete(answer.getAppended());
    } else {
      pending.completeExceptionally(RefusalStatus.toException(answer.getRefused()));
    }
  }

  /** An append that is not answered yet. */
  private static final class Pending extends CompletableFuture<AppendResponse> {
    private final AppendRequest request;

    Pending(AppendRequest request) {
      this.request = request;
    }
  }
}
