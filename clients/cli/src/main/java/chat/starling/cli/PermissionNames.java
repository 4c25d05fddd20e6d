package chat.starling.cli;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Masks of permissions as people write them; docs/permissions.md has the bits. */
final class PermissionNames {

  /** By bit; those without a name are none. */
  private static final List<String> NAMES =
      List.of(
          "administrator",
          "manage_workspace",
          "manage_roles",
          "manage_channels",
          "create_invitations",
          "kick_members",
          "ban_members",
          "time_out_members",
          "change_nickname",
          "manage_nicknames",
          "view_audit_log",
          "handle_reports",
          "",
          "",
          "",
          "",
          "view_channel",
          "read_history",
          "send_messages",
          "reply_in_threads",
          "attach_files",
          "add_reactions",
          "mention_everyone",
          "post_announcements",
          "bypass_slow_mode",
          "manage_messages");

  private PermissionNames() {}

  /** The names of the permissions in the mask, with commas between. */
  static String of(long mask) {
    StringJoiner names = new StringJoiner(",").setEmptyValue("nothing");
    for (int bit = 0; bit < NAMES.size(); bit++) {
      if ((mask & (1L << bit)) != 0 && !NAMES.get(bit).isEmpty()) {
        names.add(NAMES.get(bit));
      }
    }
    return names.toString();
  }

  /** The mask of names with commas between, or of a hexadecimal number. */
  static long mask(String text) {
    if (text.matches("0x[0-9a-fA-F]{1,15}")) {
      return Long.parseLong(text.substring(2), 16);
    }
    long mask = 0;
    for (String name : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int bit = NAMES.indexOf(name.strip().toLowerCase(Locale.ROOT));
      if (bit < 0 || name.isBlank()) {
        throw new Failure(
            Failure.USAGE,
            "no permission " + Plain.line(name) + "; there are " + of(Long.MAX_VALUE));
      }
      mask |= 1L << bit;
    }
    return mask;
  }
}
