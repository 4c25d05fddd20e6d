package chat.starling.platform.refusal;

import chat.starling.api.v1.Reason;
import com.google.rpc.Code;

/** The one table from a refusal's reason to its gRPC status, as documented in refusal.proto. */
public final class ReasonStatus {

  private ReasonStatus() {}

  /** The status that belongs to the reason; UNKNOWN for a reason from a newer server. */
  public static Code of(Reason reason) {
    return switch (reason) {
      case REASON_TOKEN_MISSING,
          REASON_TOKEN_EXPIRED,
          REASON_TOKEN_INVALID,
          REASON_TOKEN_WRONG_AUDIENCE ->
          Code.UNAUTHENTICATED;
      case REASON_HELLO_EXPECTED,
          REASON_HELLO_REPEATED,
          REASON_ROLE_IS_EVERYONE,
          REASON_LIMIT_REACHED,
          REASON_CHANNEL_IS_DIRECT,
          REASON_NOT_OWNER ->
          Code.FAILED_PRECONDITION;
      case REASON_TOO_LARGE, REASON_OVERLOADED, REASON_RATE_LIMITED -> Code.RESOURCE_EXHAUSTED;
      case REASON_METHOD_UNKNOWN -> Code.UNIMPLEMENTED;
      case REASON_HEARTBEAT_MISSED, REASON_TIMEOUT -> Code.DEADLINE_EXCEEDED;
      case REASON_SESSION_UNKNOWN,
          REASON_CHANNEL_NOT_FOUND,
          REASON_MEMBER_NOT_FOUND,
          REASON_ROLE_NOT_FOUND,
          REASON_WORKSPACE_NOT_FOUND,
          REASON_MESSAGE_NOT_FOUND,
          REASON_REPORT_NOT_FOUND,
          REASON_INVITATION_NOT_FOUND ->
          Code.NOT_FOUND;
      case REASON_SESSION_REPLACED, REASON_VERSION_OUTDATED -> Code.ABORTED;
      case REASON_NOT_A_MEMBER,
          REASON_NOT_IN_WORKSPACE,
          REASON_PERMISSION_MISSING,
          REASON_NOT_ABOVE,
          REASON_MORE_THAN_HELD,
          REASON_OWNER_ONLY,
          REASON_BANNED,
          REASON_FOUNDER_ONLY ->
          Code.PERMISSION_DENIED;
      case REASON_NAME_TAKEN, REASON_WORKSPACE_EXISTS -> Code.ALREADY_EXISTS;
      case REASON_CURSOR_AHEAD -> Code.OUT_OF_RANGE;
      case REASON_UNAVAILABLE, REASON_STOPPING -> Code.UNAVAILABLE;
      case REASON_INTERNAL -> Code.INTERNAL;
      case REASON_MALFORMED,
          REASON_NOT_UTF8,
          REASON_FRAME_UNKNOWN,
          REASON_NAME_INVALID,
          REASON_PERMISSIONS_INVALID,
          REASON_TEXT_EMPTY,
          REASON_TEXT_TOO_LONG,
          REASON_NONCE_MISSING,
          REASON_NONCE_LENGTH,
          REASON_NONCE_REUSED,
          REASON_PAGE_SIZE,
          REASON_PAGE_TOKEN,
          REASON_OUT_OF_RANGE,
          REASON_FILTERED,
          REASON_FILTER_INVALID,
          REASON_TOO_MANY,
          REASON_FIELD_MASK ->
          Code.INVALID_ARGUMENT;
      case REASON_UNSPECIFIED, UNRECOGNIZED -> Code.UNKNOWN;
    };
  }
}
