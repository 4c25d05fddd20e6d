package chat.starling.gateway.rpc;

import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.signin.SignIn;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Signs the caller of a unary rpc in by its bearer token and answers with what the call brings.
 *
 * @param blocking runs token checks, which may fetch keys
 */
record Caller(SignIn signIn, Executor blocking) {

  private static final String BEARER = "bearer ";

  /** Answers the call that is being served now. */
  <T> void serve(StreamObserver<T> answer, Function<Identity, CompletableFuture<T>> call) {
    String token = token();
    var _ =
        CompletableFuture.supplyAsync(() -> signIn.check(token), blocking)
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

  private static String token() {
    String header = ServiceRequestContext.current().request().headers().get("authorization", "");
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).trim()
        : "";
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }
}
