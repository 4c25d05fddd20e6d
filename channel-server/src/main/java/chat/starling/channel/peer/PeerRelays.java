package chat.starling.channel.peer;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.owner.Loop;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.RelayBounds;
import chat.starling.channel.relay.RelayRules;
import chat.starling.channel.relay.RelaySource;
import chat.starling.channel.relay.Relays;
import chat.starling.channel.relay.Stage;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.rpc.RefusalStatus;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feeds that this server passes on, over its streams to the servers above: all on one loop. */
public final class PeerRelays implements RelaySource, PeerStream.Events, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerRelays.class);
  private static final String AHEAD = RefusalStatus.name(Reason.REASON_CURSOR_AHEAD);

  private final Loop loop;
  private final Duration idleTime;
  private final PeerStreams streams;
  private final Relays relays;

  /**
   * @param idleTime how long a feed that nobody subscribes to any more is kept, up to twice that
   */
  public PeerRelays(RelayRules rules, RelayBounds bounds, Duration idleTime, Loop loop) {
    this.loop = loop;
    this.idleTime = idleTime;
    this.streams = new PeerStreams(rules.serverId(), rules.ring(), loop, this);
    this.relays = new Relays(rules, bounds, streams);
  }

  /** Begins to look for feeds that nobody subscribes to any more. */
  public void start() {
    loop.schedule(
        () -> {
          relays.tick();
          start();
        },
        idleTime);
  }

  @Override
  public void subscribe(
      FeedId feed, Stage stage, OptionalLong afterSeq, FeedSubscriber subscriber) {
    loop.execute(() -> relays.subscribe(feed, stage, afterSeq, subscriber));
  }

  @Override
  public void unsubscribe(FeedId feed, FeedSubscriber subscriber) {
    loop.execute(() -> relays.unsubscribe(feed, subscriber));
  }

  /** Takes nothing more from those who have left the ring. From any thread. */
  public void viewed(RingView view) {
    loop.execute(() ->
        streams
            .strangers(view)
            .forEach(stream -> {
              stream.end();
              ended(stream, "it has left the ring");
            }));
  }

  @Override
  public void came(PeerStream from, SubscribeResponse response) {
    if (!streams.isCurrent(from)) {
      return;
    }
    String server = from.to().serverId();
    switch (response.getResponseCase()) {
      case ADDED -> {
        var added = response.getAdded();
        relays.added(server, FeedIds.of(added.getFeed()), added.getFromSeq());
      }
      case EVENT -> relays.event(server, FeedIds.of(response.getEvent().getFeed()), response);
      case REFUSED -> refused(server, response.getRefused());
      case VIEW -> {
        // this server has its views from its neighbours and from the store
      }
      case REFERRED, HEADS, WATCH_REFUSED, TRUSTED, RESPONSE_NOT_SET ->
          log.warn("{} sent what was not asked for", from.to());
    }
  }

  @Override
  public void ended(PeerStream from, String why) {
    if (streams.isCurrent(from)) {
      log.info("the stream to {} ended: {}", from.to(), why);
      streams.drop(from);
      relays.down(from.to().serverId());
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    streams.close();
  }

  private void refused(String server, SubscribeResponse.SubscribeRefused refused) {
    Reason reason =
        refused.getReason().equals(AHEAD) ? Reason.REASON_CURSOR_AHEAD : Reason.REASON_NOT_OWNER;
    if (reason != Reason.REASON_CURSOR_AHEAD) {
      log.debug("{} refused {}: {}", server, refused.getFeed().getId(), refused.getReason());
    }
    relays.refused(server, FeedIds.of(refused.getFeed()), reason);
  }
}
