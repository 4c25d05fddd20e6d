package chat.starling.cli;

import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.client.ClientListener;
import chat.starling.client.ConnectionState;
import chat.starling.client.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A listener that knows how the first attempt to connect ended. A server that only asks to come
 * back in a while has not ended it.
 */
class FirstContact implements ClientListener {
  private static final long PATIENCE_SECONDS = 20;

  private final CompletableFuture<Ready> first = new CompletableFuture<>();
  private volatile @Nullable RefusedException askedToComeBack;

  /** Waits for the session, or fails with what stood in its way. */
  final Ready await() throws Exception {
    return first
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(failure -> {
          RefusedException asked = askedToComeBack;
          throw failure instanceof RefusedException refused
              ? refused
              : asked != null ? asked : Failure.noConnection("the server does not answer");
        })
        .get();
  }

  /** Whether the first attempt is over. */
  final boolean made() {
    return first.isDone();
  }

  @Override
  public void onReady(Ready ready) {
    first.complete(ready);
  }

  @Override
  public void onState(ConnectionState state, @Nullable RefusedException cause) {
    if (cause == null) {
      return;
    }
    if (state == ConnectionState.WAITING && asksToComeBack(cause)) {
      askedToComeBack = cause;
    } else {
      first.completeExceptionally(cause);
    }
  }

  private static boolean asksToComeBack(RefusedException cause) {
    return cause.retryAfter().isPresent() || cause.reason() == Reason.REASON_STOPPING;
  }
}
