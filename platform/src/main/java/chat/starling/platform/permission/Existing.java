package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;

/** What an act names, found or refused. */
record Existing(WorkspaceState state) {

  /** The role; refuses with ROLE_NOT_FOUND. */
  Role role(long roleId) {
    return state
        .rules()
        .role(roleId)
        .orElseThrow(() -> missing(Reason.REASON_ROLE_NOT_FOUND, "role_id", roleId));
  }

  /** The member; refuses with MEMBER_NOT_FOUND. */
  Member member(long userId) {
    return state
        .member(userId)
        .orElseThrow(() -> missing(Reason.REASON_MEMBER_NOT_FOUND, "user_id", userId));
  }

  /** The refusal for what is not there. */
  static RuntimeException missing(Reason reason, String field, long id) {
    return Refuse.because(reason).field(field).value(id).expected("one that exists").toException();
  }
}
