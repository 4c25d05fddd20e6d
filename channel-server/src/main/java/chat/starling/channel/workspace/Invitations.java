package chat.starling.channel.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The invitations of a workspace, as far as a decision depends on them.
 *
 * @param rows those that have ended among them, in rising order of ids
 * @param accepted the one whose code the act bears, if it has not ended
 * @param inviter what is known of who made that one; of user 0 when there is none
 */
record Invitations(List<InvitationRow> rows, Optional<InvitationRow> accepted, MemberRow inviter) {

  static final Invitations NONE = of(List.of());

  Invitations {
    rows = List.copyOf(rows);
  }

  /** Those of which the act accepts none. */
  static Invitations of(List<InvitationRow> rows) {
    return new Invitations(rows, Optional.empty(), Situation.unknown(0));
  }

  /** Whether it can be accepted no more. */
  static boolean isOver(InvitationRow row, long nowMillis) {
    return row.getExpiresAtMillis() <= nowMillis;
  }

  /**
   * The one with this code. How long the search takes does not tell how much of a code is right.
   */
  static Optional<InvitationRow> find(List<InvitationRow> rows, String code, long nowMillis) {
    byte[] wanted = code.getBytes(UTF_8);
    Optional<InvitationRow> found = Optional.empty();
    for (InvitationRow row : rows) {
      boolean same = MessageDigest.isEqual(row.getCode().getBytes(UTF_8), wanted);
      if (same && !isOver(row, nowMillis)) {
        found = Optional.of(row);
      }
    }
    return found;
  }
}
