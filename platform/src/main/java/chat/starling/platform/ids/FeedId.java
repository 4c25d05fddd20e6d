package chat.starling.platform.ids;

/**
 * Names one feed: a kind, and the id of the channel, workspace or user that the feed belongs to.
 *
 * @param id positive
 */
public record FeedId(FeedKind kind, long id) {

  public FeedId {
    if (id <= 0) {
      throw new IllegalArgumentException("feed id: " + id + " (expected: positive)");
    }
  }

  /** The feed of a channel's messages. */
  public static FeedId channel(long channelId) {
    return new FeedId(FeedKind.CHANNEL, channelId);
  }

  /** The feed that everybody's permissions in a workspace depend on. */
  public static FeedId workspace(long workspaceId) {
    return new FeedId(FeedKind.WORKSPACE, workspaceId);
  }
}
