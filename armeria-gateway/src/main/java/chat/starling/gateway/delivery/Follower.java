package chat.starling.gateway.delivery;

/** Who follows channels upstream: one relay. Called in the order in which things happened. */
public interface Follower {

  /** Every event of the channel after {@code head} will come as {@link #event}. */
  void started(long channelId, long head);

  /** The next event of a channel. */
  void event(Parcel parcel);

  /** The channel is at {@code head}, and events up to it may not come by themselves. */
  void moved(long channelId, long head);
}
