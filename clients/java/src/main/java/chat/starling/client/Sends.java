package chat.starling.client;

import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import com.google.protobuf.ByteString;
import io.opentelemetry.api.trace.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits for which message: futures and spans by nonce. Only on the client's thread. */
final class Sends {
  /** One message on its way, with whoever waits for it. */
  static final class Waiting {
    final PendingMessage message;
    final CompletableFuture<Sent> result;
    final Span span;

    Waiting(PendingMessage message, CompletableFuture<Sent> result, Span span) {
      this.message = message;
      this.result = result;
      this.span = span;
    }

    void complete(Sent sent) {
      Tracing.sent(span, sent.getSeq());
      result.complete(sent);
    }

    void fail(Refusal refusal) {
      Tracing.failed(span, refusal.getReason().name());
      result.completeExceptionally(new RefusedException(refusal));
    }
  }

  private final Map<ByteString, Waiting> byNonce = new HashMap<>();

  void add(Waiting waiting) {
    byNonce.put(waiting.message.nonce(), waiting);
  }

  /** The one that waits for this nonce, who does so no longer. */
  Waiting take(ByteString nonce) {
    Waiting waiting = byNonce.remove(nonce);
    if (waiting == null) {
      throw new IllegalStateException("nobody waits for this nonce");
    }
    return waiting;
  }
}
