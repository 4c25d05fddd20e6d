package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Place;
import chat.starling.gateway.delivery.Subscriptions;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.routing.KnownRing;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.ids.FeedId;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The channels that are followed, on the streams to their owners or relays. */
final class FollowedChannels implements Upstreams {

  private final Executor loop;
  private final OwnerWires wires;
  private final KnownRing ring;
  private final Subscriptions subscriptions;

  /**
   * @param loop of all streams, on which everything but {@link Upstreams} is called
   */
  FollowedChannels(
      Executor loop, OwnerWires wires, KnownRing ring, Delay delay, RandomGenerator dice) {
    this.loop = loop;
    this.wires = wires;
    this.ring = ring;
    this.subscriptions = new Subscriptions(new Asked(), delay, dice);
  }

  @Override
  public void follow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.follow(channelId, follower));
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    loop.execute(() -> subscriptions.unfollow(channelId, follower));
  }

  /** The server follows a channel. */
  void added(Peer by, Wire from, long channelId, long fromSeq) {
    if (!subscriptions.isRelay(from, channelId)) {
      wires.owners().answered(FeedId.channel(channelId), by);
    }
    subscriptions.added(from, channelId, fromSeq);
  }

  /** The next event of a channel. */
  void event(Wire from, Parcel parcel) {
    subscriptions.event(from, parcel);
  }

  /** The server does not own the channel. */
  void notOwner(Peer by, Wire from, long channelId) {
    if (!subscriptions.isRelay(from, channelId)) {
      wires.owners().disappointed(FeedId.channel(channelId), by);
    }
    subscriptions.notOwner(from, channelId);
  }

  /** The server names a relay that is to be asked for the channel instead. */
  void referred(Wire from, long channelId, Place place) {
    subscriptions.referred(from, channelId, place);
  }

  /** The server would not follow the channel. */
  void refused(Wire from, long channelId) {
    subscriptions.refused(from, channelId);
  }

  /** Owners may be others now, or streams to them. */
  void reroute() {
    subscriptions.reroute();
  }

  /** This stream is no more. */
  void down(StreamWire wire) {
    subscriptions.down(wire);
  }

  /** The streams on which channels are asked for. */
  private final class Asked implements Subscriptions.Owners {

    @Override
    public @Nullable Wire wire(long channelId) {
      return wires.of(FeedId.channel(channelId));
    }

    @Override
    public @Nullable Wire relay(String serverId) {
      return wires.to(ring.member(serverId));
    }
  }
}
