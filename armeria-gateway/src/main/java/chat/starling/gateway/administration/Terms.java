package chat.starling.gateway.administration;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.session.Rules;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What a caller says about a change beside the change itself.
 *
 * @param requestId 16 bytes by which repetitions are known
 * @param expectedVersion of what is changed; 0 for any
 * @param reason for the audit log
 * @param traceparent of the caller's span; empty when there is none
 */
public record Terms(ByteString requestId, long expectedVersion, String reason, String traceparent) {

  /** Makes up an id when there is none; refuses one of another length. */
  public Terms {
    if (requestId.isEmpty()) {
      requestId = unique();
    } else if (requestId.size() != Rules.NONCE_LENGTH) {
      throw Refuse.because(Reason.REASON_NONCE_LENGTH)
          .field("request_id")
          .value(requestId.size() + " bytes")
          .expected(Rules.NONCE_LENGTH + " bytes, or none")
          .toException();
    }
  }

  /** An id for a change to which its caller gives none. */
  public static ByteString unique() {
    UUID id = UUID.randomUUID();
    return ByteString.copyFrom(
        ByteBuffer.allocate(Rules.NONCE_LENGTH)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip());
  }
}
