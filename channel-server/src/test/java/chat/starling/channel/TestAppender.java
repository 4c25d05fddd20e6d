package chat.starling.channel;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyRequest.Numbered;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendManyResponse.Answer;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway's end of the AppendMany stream. */
final class TestAppender implements StreamObserver<AppendManyResponse> {

  private final Map<Long, CompletableFuture<AppendResponse>> calls = new ConcurrentHashMap<>();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final ClientCallStreamObserver<AppendManyRequest> requests;
  private volatile @Nullable Throwable fault;
  private volatile boolean completed;
  private long last;

  TestAppender(FeedServiceStub feeds) {
    requests = (ClientCallStreamObserver<AppendManyRequest>) feeds.appendMany(this);
  }

  /** Sends these in one frame; a refused one fails as the unary rpc does. */
  List<CompletableFuture<AppendResponse>> send(Stream<AppendRequest> appends, String traceparent) {
    AppendManyRequest.Builder frame = AppendManyRequest.newBuilder();
    appends.forEach(append ->
        frame.addAppends(
            Numbered.newBuilder().setNumber(++last).setAppend(append).setTraceparent(traceparent)));
    var sent =
        frame.getAppendsList().stream()
            .map(
                append -> calls.computeIfAbsent(append.getNumber(), n -> new CompletableFuture<>()))
            .toList();
    requests.onNext(frame.build());
    return sent;
  }

  CompletableFuture<AppendResponse> send(AppendRequest append) {
    return send(Stream.of(append), "").getFirst();
  }

  void end() {
    requests.onCompleted();
  }

  void cancel() {
    requests.cancel("the gateway has gone", null);
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  @Nullable Throwable fault() {
    return fault;
  }

  boolean completed() {
    return completed;
  }

  @Override
  public void onNext(AppendManyResponse frame) {
    for (Answer answer : frame.getAnswersList()) {
      answers.add(answer);
      CompletableFuture<AppendResponse> call = calls.get(answer.getNumber());
      if (call != null && answer.hasAppended()) {
        call.complete(answer.getAppended());
      } else if (call != null) {
        call.completeExceptionally(RefusalStatus.toException(answer.getRefused()));
      }
    }
  }

  @Override
  public void onError(Throwable t) {
    fault = t;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}
