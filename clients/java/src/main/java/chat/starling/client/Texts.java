package chat.starling.client;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import io.grpc.Status;
import java.util.Optional;

/**
 * Stops texts that would cost the session, not just the message; all other rules are the server's.
 */
final class Texts {
  /** Four times what a message may hold: far below the size of frame that ends a stream. */
  private static final int LONGEST = 16_000;

  private Texts() {}

  static Optional<Refusal> fault(String text) {
    if (text.length() > LONGEST) {
      return refuse(
          Reason.REASON_TEXT_TOO_LONG, text.length() + " UTF-16 units", "1..4000 code points");
    }
    int broken = loneSurrogate(text);
    return broken < 0
        ? Optional.empty()
        : refuse(Reason.REASON_NOT_UTF8, "lone surrogate at " + broken, "well-formed UTF-16");
  }

  private static Optional<Refusal> refuse(Reason reason, String value, String expected) {
    return Optional.of(
        Refusal.newBuilder()
            .setStatus(Status.Code.INVALID_ARGUMENT.value())
            .setReason(reason)
            .setField("send.text")
            .setValue(value)
            .setExpected(expected)
            .build());
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
