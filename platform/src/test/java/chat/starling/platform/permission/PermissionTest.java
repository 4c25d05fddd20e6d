package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.ADMINISTRATOR;
import static chat.starling.platform.permission.Permission.SEND_MESSAGES;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.RefusedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PermissionTest {

  @Test
  void bits_onTheWireAndStored_neverChange() {
    assertThat(Arrays.stream(Permission.values()).map(each -> each.bit() + " " + each))
        .containsExactly(
            "0 ADMINISTRATOR",
            "1 MANAGE_WORKSPACE",
            "2 MANAGE_ROLES",
            "3 MANAGE_CHANNELS",
            "4 CREATE_INVITATIONS",
            "5 KICK_MEMBERS",
            "6 BAN_MEMBERS",
            "7 TIME_OUT_MEMBERS",
            "8 CHANGE_NICKNAME",
            "9 MANAGE_NICKNAMES",
            "10 VIEW_AUDIT_LOG",
            "11 HANDLE_REPORTS",
            "16 VIEW_CHANNEL",
            "17 READ_HISTORY",
            "18 SEND_MESSAGES",
            "19 REPLY_IN_THREADS",
            "20 ATTACH_FILES",
            "21 ADD_REACTIONS",
            "22 MENTION_EVERYONE",
            "23 POST_ANNOUNCEMENTS",
            "24 BYPASS_SLOW_MODE",
            "25 MANAGE_MESSAGES");
  }

  @Test
  void all_asASignedNumber_isPositive() {
    assertThat(Permissions.ALL).isPositive();
  }

  @Test
  void in_maskWithUnknownBits_leavesThemOut() {
    long mask = Permissions.of(VIEW_CHANNEL, SEND_MESSAGES) | 1L << 62;
    assertThat(Permissions.in(mask)).containsExactly(VIEW_CHANNEL, SEND_MESSAGES);
  }

  @Test
  void overridable_administrator_isNot() {
    assertThat(Permissions.OVERRIDABLE & ADMINISTRATOR.mask()).isZero();
  }

  @Test
  void check_unknownBit_isRefused() {
    assertThatThrownBy(() -> Permissions.check("permissions", 1L << 62, Permissions.ALL))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.REASON_PERMISSIONS_INVALID);
              assertThat(refused.refusal().getField()).isEqualTo("permissions");
              assertThat(refused.refusal().getValue()).isEqualTo("0x4000000000000000");
            });
  }

  @Test
  void isAbove_samePosition_isTheOlderRole() {
    Role older = new Role(7, 3, 0);
    Role younger = new Role(8, 3, 0);
    assertThat(older.isAbove(younger)).isTrue();
    assertThat(younger.isAbove(older)).isFalse();
    assertThat(older.isAbove(older)).isFalse();
    assertThat(new Role(9, 4, 0).isAbove(older)).isTrue();
  }
}
