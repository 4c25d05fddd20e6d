package chat.starling.platform.permission;

/**
 * A role: what its holders may do, and where they stand. The role at position 0 is everyone's: each
 * member has it, and nobody is given it.
 *
 * @param id positive, of no other role that there is or ever was
 * @param position 0 to {@link #MAX_POSITION}; the higher stands above, and of two at one position
 *     the one with the smaller id
 * @param mask what it permits in all channels, as far as no override says otherwise; bits that this
 *     server does not know permit nothing
 */
public record Role(long id, int position, long mask) {

  /** The position of the everyone role alone. */
  public static final int EVERYONE_POSITION = 0;

  /** The highest position. */
  public static final int MAX_POSITION = 250;

  public Role {
    if (id <= 0) {
      throw new IllegalArgumentException("role id: " + id + " (expected: positive)");
    }
    if (position < EVERYONE_POSITION || position > MAX_POSITION) {
      throw new IllegalArgumentException("role position: " + position + " (expected: 0..250)");
    }
  }

  /** Whether this is the role that every member has. */
  public boolean isEveryone() {
    return position == EVERYONE_POSITION;
  }

  /** Whether this role stands above the other. Of two roles exactly one does. */
  public boolean isAbove(Role other) {
    return position == other.position ? id < other.id : position > other.position;
  }
}
