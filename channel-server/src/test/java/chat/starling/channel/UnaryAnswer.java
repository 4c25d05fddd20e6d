package chat.starling.channel;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer to an asynchronous unary call. */
final class UnaryAnswer<T> implements StreamObserver<T> {

  private final CompletableFuture<T> future = new CompletableFuture<>();

  CompletableFuture<T> future() {
    return future;
  }

  @Override
  public void onNext(T value) {
    future.complete(value);
  }

  @Override
  public void onError(Throwable fault) {
    future.completeExceptionally(fault);
  }

  @Override
  public void onCompleted() {}
}
