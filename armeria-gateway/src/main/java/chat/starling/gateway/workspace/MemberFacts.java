package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.platform.permission.Member;
import chat.starling.platform.permission.RuleRows;

/**
 * A user in a workspace, as a row and ready to compute by.
 *
 * @param present false for one who has left, was kicked or is banned. Of whom nothing is known is
 *     whom his token admits.
 */
record MemberFacts(MemberRow row, boolean present, Member member) {

  static MemberFacts of(MemberRow row) {
    boolean present =
        row.getState() == MemberState.MEMBER_STATE_MEMBER
            || row.getState() == MemberState.MEMBER_STATE_UNSPECIFIED;
    return new MemberFacts(row, present, RuleRows.member(row, row.getVersion()));
  }

  /** The same after a change. */
  MemberFacts after(MemberRow next, long seq) {
    return seq < member.version() ? this : of(next.toBuilder().setVersion(seq).build());
  }
}
