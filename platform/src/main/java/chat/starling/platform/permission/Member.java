package chat.starling.platform.permission;

import java.util.Arrays;
import java.util.stream.LongStream;

/** A member of a workspace, as far as permissions depend on it, in one version. Immutable. */
public final class Member {

  /** The time-out of those who have none. */
  public static final long NOT_TIMED_OUT = 0;

  private final long userId;
  private final long version;
  private final long timedOutUntilMillis;
  private final long[] roles;

  /**
   * A member.
   *
   * @param version rises with every change of the member's roles or time-out, from 1
   * @param timedOutUntilMillis when the time-out ends, in milliseconds of the epoch; {@link
   *     #NOT_TIMED_OUT} without one
   * @param roles ids of the roles beside everyone's, in any order; those that the workspace does
   *     not have count for nothing
   */
  public Member(long userId, long version, long timedOutUntilMillis, long... roles) {
    this.userId = userId;
    this.version = version;
    this.timedOutUntilMillis = timedOutUntilMillis;
    this.roles = LongStream.of(roles).sorted().distinct().toArray();
  }

  /** Who it is. */
  public long userId() {
    return userId;
  }

  /** Rises with every change of this. */
  public long version() {
    return version;
  }

  /** When the time-out ends, in milliseconds of the epoch. */
  public long timedOutUntilMillis() {
    return timedOutUntilMillis;
  }

  /** Whether a time-out is in force at that time. */
  public boolean isTimedOutAt(long epochMillis) {
    return epochMillis < timedOutUntilMillis;
  }

  /** Whether the member was given the role. */
  public boolean has(long roleId) {
    return Arrays.binarySearch(roles, roleId) >= 0;
  }

  int roleCount() {
    return roles.length;
  }

  /** The id of one of the roles, 0 to roleCount - 1. */
  long roleAt(int index) {
    return roles[index];
  }

  @Override
  public String toString() {
    return "member " + userId + " version " + version + " roles " + Arrays.toString(roles);
  }
}
