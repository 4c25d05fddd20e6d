package chat.starling.client;

import chat.starling.api.v1.Refusal;
import chat.starling.client.protocol.Refusals;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes unary calls with the client's token; one that is refused for its token is made once more
 * with a new one.
 */
final class UnaryCalls {
  private static final long DEADLINE_SECONDS = 20;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Loop loop;
  private final Transport transport;
  private final Tokens tokens;

  UnaryCalls(Loop loop, Transport transport, Tokens tokens) {
    this.loop = loop;
    this.transport = transport;
    this.tokens = tokens;
  }

  /** Fails with {@link RefusedException} only. */
  <Q, R> CompletableFuture<R> call(MethodDescriptor<Q, R> method, Q request) {
    CompletableFuture<R> result = new CompletableFuture<>();
    if (!loop.execute(() -> attempt(method, request, result, true))) {
      fail(result, Refusals.unavailable("The client is closed."));
    }
    return result;
  }

  /** The same, for what the response holds. */
  <Q, R, T> CompletableFuture<T> call(
      MethodDescriptor<Q, R> method, Q request, Function<R, T> content) {
    return call(method, request).thenApply(content);
  }

  /** The same, for a response that holds nothing. */
  <Q, R> CompletableFuture<Void> done(MethodDescriptor<Q, R> method, Q request) {
    return call(method, request).thenAccept(response -> {});
  }

  private <Q, R> void attempt(
      MethodDescriptor<Q, R> method, Q request, CompletableFuture<R> result, boolean mayRenew) {
    try {
      Channel channel = ClientInterceptors.intercept(transport.channel(), bearer(tokens.get()));
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      Answer<R> answer =
          new Answer<>(result, why -> refused(method, request, result, mayRenew, why));
      ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer);
    } catch (Exception e) {
      fail(result, Refusals.unavailable("No token, or no connection: " + e));
    }
  }

  private <Q, R> void refused(
      MethodDescriptor<Q, R> method,
      Q request,
      CompletableFuture<R> result,
      boolean mayRenew,
      Refusal why) {
    if (mayRenew && Refusals.wantsToken(why)) {
      tokens.rejected();
      attempt(method, request, result, false);
    } else {
      fail(result, why);
    }
  }

  private static io.grpc.ClientInterceptor bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static void fail(CompletableFuture<?> result, Refusal why) {
    result.completeExceptionally(new RefusedException(why));
  }

  /**
   * What a call ends with, brought to the client's thread, or to no thread of ours once that is
   * gone.
   */
  private final class Answer<R> implements StreamObserver<R> {
    private final CompletableFuture<R> result;
    private final java.util.function.Consumer<Refusal> onRefused;

    Answer(CompletableFuture<R> result, java.util.function.Consumer<Refusal> onRefused) {
      this.result = result;
      this.onRefused = onRefused;
    }

    @Override
    public void onNext(R value) {
      onLoop(() -> result.complete(value));
    }

    @Override
    public void onError(Throwable failure) {
      Refusal why = GrpcRefusals.of(failure);
      if (!loop.execute(() -> onRefused.accept(why))) {
        fail(result, why);
      }
    }

    @Override
    public void onCompleted() {}

    private void onLoop(Runnable task) {
      if (!loop.execute(task)) {
        task.run();
      }
    }
  }
}
