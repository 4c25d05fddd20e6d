package chat.starling.platform.permission;

/** Who may see a channel and write there. It never changes. */
public enum ChannelKind {
  /** Everybody whom the roles let. */
  PUBLIC,
  /** Its members, as far as the roles let them, and the workspace's administrators. */
  PRIVATE,
  /** As public, but only who may post announcements sends. */
  ANNOUNCEMENT,
  /** Its members and nobody else, whatever roles they have. */
  DIRECT
}
