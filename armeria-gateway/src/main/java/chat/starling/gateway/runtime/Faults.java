package chat.starling.gateway.runtime;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed future means to a client. */
final class Faults {

  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  /** The refusal that the fault is or stands for. */
  static Refusal refusal(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof RefusedException refused) {
      return inClientsTerms(refused.refusal());
    }
    log.error("a fault of this gateway's", cause);
    return Refuse.because(Reason.REASON_INTERNAL)
        .message("a fault of the server's; its log has the rest")
        .build();
  }

  /** A channel server speaks of feeds where a client knows channels. */
  private static Refusal inClientsTerms(Refusal refusal) {
    return refusal.getField().equals("feed")
        ? refusal.toBuilder()
            .setField("channel_id")
            .setMessage(refusal.getMessage().replaceFirst("^feed:", "channel_id:"))
            .build()
        : refusal;
  }

  /** The same may succeed a moment later. */
  static boolean passes(Refusal refusal) {
    return switch (refusal.getReason()) {
      case REASON_UNAVAILABLE,
          REASON_TIMEOUT,
          REASON_OVERLOADED,
          REASON_INTERNAL,
          REASON_STOPPING ->
          true;
      default -> false;
    };
  }
}
