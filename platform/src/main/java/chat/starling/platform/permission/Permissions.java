package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Masks: sets of {@link Permission}s in 64 bits. */
public final class Permissions {

  /** Nothing. */
  public static final long NONE = 0;

  /** Every permission that there is. */
  public static final long ALL = all(permission -> true);

  /** What overrides may allow and deny. */
  public static final long OVERRIDABLE = all(Permission::isOverridable);

  /** All that a member who is timed out keeps. */
  static final long KEPT_IN_TIME_OUT = of(Permission.VIEW_CHANNEL, Permission.READ_HISTORY);

  /** To send anything at all, to a channel or to its threads. */
  static final long SENDING = of(Permission.SEND_MESSAGES, Permission.REPLY_IN_THREADS);

  /** What only says how one may send, and is nothing to those who may not. */
  static final long NEEDS_SENDING =
      of(Permission.ATTACH_FILES, Permission.MENTION_EVERYONE, Permission.BYPASS_SLOW_MODE);

  /** What nobody may do in an archived channel. */
  static final long CLOSED_BY_ARCHIVE = SENDING | NEEDS_SENDING | of(Permission.ADD_REACTIONS);

  /** What the members of a direct channel may do there. */
  static final long DIRECT =
      of(
          Permission.VIEW_CHANNEL,
          Permission.READ_HISTORY,
          Permission.SEND_MESSAGES,
          Permission.REPLY_IN_THREADS,
          Permission.ATTACH_FILES,
          Permission.ADD_REACTIONS);

  private Permissions() {}

  /** The mask of these. */
  public static long of(Permission... permissions) {
    return of(List.of(permissions));
  }

  /** The mask of these. */
  public static long of(Iterable<Permission> permissions) {
    long mask = NONE;
    for (Permission permission : permissions) {
      mask |= permission.mask();
    }
    return mask;
  }

  /** The permissions in the mask, in the order of their bits; unknown bits are left out. */
  public static Set<Permission> in(long mask) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (permission.isIn(mask)) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  /** Whether the mask holds all of these bits. */
  public static boolean holds(long mask, long bits) {
    return (mask & bits) == bits;
  }

  /**
   * Returns when the mask has no bits but these.
   *
   * @param field where the mask stands in the request
   * @throws chat.starling.platform.refusal.RefusedException with PERMISSIONS_INVALID otherwise
   */
  static void check(String field, long mask, long valid) {
    if ((mask & ~valid) != 0) {
      throw Refuse.because(Reason.REASON_PERMISSIONS_INVALID)
          .field(field)
          .value(hex(mask))
          .expected("no bits but those of " + hex(valid))
          .toException();
    }
  }

  private static String hex(long mask) {
    return "0x" + Long.toHexString(mask);
  }

  private static long all(Predicate<Permission> which) {
    return of(Arrays.stream(Permission.values()).filter(which).toList());
  }
}
