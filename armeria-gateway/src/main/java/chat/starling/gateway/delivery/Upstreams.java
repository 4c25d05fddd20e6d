package chat.starling.gateway.delivery;

/** Where a relay gets its channels' events from. Answers come to the relay as {@link Follower}. */
public interface Upstreams {

  /** Begins to follow a channel for this relay. */
  void follow(long channelId, Follower follower);

  /** Ends it. Events that are under way may still come. */
  void unfollow(long channelId, Follower follower);
}
