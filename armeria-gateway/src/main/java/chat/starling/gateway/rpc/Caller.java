package chat.starling.gateway.rpc;

import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.signin.SignIn;
import com.google.protobuf.Message;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Signs the caller of a unary rpc in by its bearer token and answers with what the call brings.
 *
 * @param blocking runs token checks, which may fetch keys
 */
record Caller(SignIn signIn, Executor blocking) {

  private static final String BEARER = "bearer ";

  /** Answers the call that is being served now, a change, with what the caller says beside it. */
  <T> void change(
      StreamObserver<T> answer,
      Message request,
      BiFunction<Identity, Terms, CompletableFuture<T>> call) {
    String traceparent = header("traceparent");
    serve(answer, who -> call.apply(who, Requests.terms(request, traceparent)));
  }

  /** Answers the call that is being served now. */
  <T> void serve(StreamObserver<T> answer, Function<Identity, CompletableFuture<T>> call) {
    var _ =
        signedIn(token())
            .thenCompose(call)
            .whenComplete((result, fault) -> {
              if (fault == null) {
                answer.onNext(result);
                answer.onCompleted();
              } else {
                answer.onError(cause(fault));
              }
            });
  }

  private CompletableFuture<Identity> signedIn(String token) {
    Identity known = signIn.known(token);
    return known == null
        ? CompletableFuture.supplyAsync(() -> signIn.check(token), blocking)
        : CompletableFuture.completedFuture(known);
  }

  private static String token() {
    String header = header("authorization");
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).trim()
        : "";
  }

  private static String header(String name) {
    return ServiceRequestContext.current().request().headers().get(name, "");
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }
}
