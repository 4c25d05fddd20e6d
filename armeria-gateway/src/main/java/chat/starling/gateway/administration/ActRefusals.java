package chat.starling.gateway.administration;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/** Refusals of acts, with the fields that the public requests have in the place of the act's. */
final class ActRefusals {

  private static final Pattern IN_ACT = Pattern.compile("^act\\.[a-z_]+\\.");

  private ActRefusals() {}

  /** The fault as the caller is to see it. */
  static Throwable shown(long workspaceId, Throwable fault) {
    Throwable cause = cause(fault);
    if (!(cause instanceof RefusedException refused)) {
      return cause;
    }
    Refusal refusal = refused.refusal();
    if (refusal.getField().equals("actor_id")) {
      return Insiders.refusal(refusal.getReason(), workspaceId);
    }
    String field = shown(refusal.getField());
    return field.equals(refusal.getField())
        ? refused
        : new RefusedException(renamed(refusal, field));
  }

  /** What a future failed with. */
  static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }

  /** Whether the caller is refused, and for this reason. */
  static boolean isFor(Reason reason, Throwable fault) {
    return cause(fault) instanceof RefusedException refused && refused.reason() == reason;
  }

  private static String shown(String field) {
    return switch (field) {
      case "nonce" -> "request_id";
      case "act.edit_role" -> "update_mask";
      default -> IN_ACT.matcher(field).replaceFirst("");
    };
  }

  private static Refusal renamed(Refusal refusal, String field) {
    String message = refusal.getMessage();
    String old = refusal.getField();
    return refusal.toBuilder()
        .setField(field)
        .setMessage(
            message.startsWith(old + ":") ? field + message.substring(old.length()) : message)
        .build();
  }
}
