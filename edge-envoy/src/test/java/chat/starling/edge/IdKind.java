package chat.starling.edge;

/** What an id in a request names. */
enum IdKind {
  WORKSPACE("workspace"),
  CHANNEL("channel"),
  USER("user"),
  ROLE("role");

  private final String what;

  IdKind(String what) {
    this.what = what;
  }

  /**
   * Whether the field holds such an id, or several.
   *
   * @param above the field that its message is the value of; empty at the top
   */
  boolean isIn(PublicCalls.Field field, String above) {
    return field.type().equals("int64")
        && (field.name().equals(what + "_id")
            || field.name().equals(what + "_ids")
            || (field.name().equals("id") && above.equals(what + "s")));
  }
}
