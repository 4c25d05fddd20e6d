package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this gateway follows on one channel server, and who on the gateway wants it. Survives the
 * stream: a new stream is asked for everything again, from the last seq that was seen. Confined to
 * one event loop.
 */
public final class Subscriptions implements Upstreams {

  /** The stream to the channel server, while there is one. */
  public interface Wire {

    /**
     * Asks for a channel's events after a seq; {@link ChannelView#LIVE_ONLY} for live ones only.
     */
    void add(long channelId, long afterSeq);

    /** Asks for no more of a channel's events. */
    void remove(long channelId);
  }

  private static final Wire DOWN =
      new Wire() {
        @Override
        public void add(long channelId, long afterSeq) {}

        @Override
        public void remove(long channelId) {}
      };

  private final Map<Long, Followed> channels = new HashMap<>();
  private Wire wire = DOWN;

  @Override
  public void follow(long channelId, Follower follower) {
    Followed channel = channels.get(channelId);
    if (channel == null) {
      channel = new Followed();
      channels.put(channelId, channel);
      wire.add(channelId, ChannelView.LIVE_ONLY);
    }
    channel.followers.add(follower);
    if (channel.known()) {
      follower.started(channelId, channel.seen);
    }
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    Followed channel = channels.get(channelId);
    if (channel != null && channel.followers.remove(follower) && channel.followers.isEmpty()) {
      channels.remove(channelId);
      wire.remove(channelId);
    }
  }

  /** A stream stands; everything followed is asked for on it. */
  public void up(Wire stream) {
    wire = stream;
    channels.forEach((channelId, channel) -> stream.add(channelId, channel.seen));
  }

  /** The stream is gone. */
  public void down() {
    wire = DOWN;
  }

  /** The server follows up: events come from the one after {@code fromSeq}. */
  public void added(long channelId, long fromSeq) {
    Followed channel = channels.get(channelId);
    if (channel == null) {
      return;
    }
    if (!channel.known()) {
      channel.seen = fromSeq;
      channel.followers.forEach(follower -> follower.started(channelId, fromSeq));
    } else if (fromSeq > channel.seen) {
      channel.seen = fromSeq;
      channel.followers.forEach(follower -> follower.moved(channelId, fromSeq));
    }
  }

  /** An event came. What was seen before is dropped. */
  public void event(Parcel parcel) {
    Followed channel = channels.get(parcel.channelId());
    if (channel != null && channel.known() && parcel.seq() > channel.seen) {
      channel.seen = parcel.seq();
      for (int i = 0; i < channel.followers.size(); i++) {
        channel.followers.get(i).event(parcel);
      }
    }
  }

  /** The server would not; it is asked again, for live events only. */
  public void refused(long channelId) {
    Followed channel = channels.get(channelId);
    if (channel != null) {
      channel.seen = ChannelView.LIVE_ONLY;
      wire.add(channelId, ChannelView.LIVE_ONLY);
    }
  }

  /** Channels that are followed now. */
  public int size() {
    return channels.size();
  }

  private static final class Followed {

    private final List<Follower> followers = new ArrayList<>(2);
    private long seen = ChannelView.LIVE_ONLY;

    boolean known() {
      return seen != ChannelView.LIVE_ONLY;
    }
  }
}
