package chat.starling.gateway.edge;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.UserRecord;
import chat.starling.api.v1.User;

/**
 * A user of a workspace.
 *
 * @param shown what anybody in the workspace may know
 */
public record KnownUser(User shown) {

  /** The user of this record. */
  public static KnownUser of(UserRecord record) {
    MemberRow row = record.getMember();
    User.Builder shown =
        User.newBuilder()
            .setUserId(row.getUserId())
            .setDisplayName(record.getDisplayName())
            .setNickname(row.getNickname())
            .addAllRoleIds(row.getRoleIdsList())
            .setGone(isGone(row.getState()));
    return new KnownUser(shown.setVersion(Version.of(shown.build())).build());
  }

  /** A user of whom nothing is known but that a token admits him. */
  public static KnownUser unknown(long userId) {
    MemberRow row = MemberRow.newBuilder().setUserId(userId).build();
    return of(UserRecord.newBuilder().setMember(row).build());
  }

  private static boolean isGone(MemberState state) {
    return state == MemberState.MEMBER_STATE_LEFT || state == MemberState.MEMBER_STATE_BANNED;
  }
}
