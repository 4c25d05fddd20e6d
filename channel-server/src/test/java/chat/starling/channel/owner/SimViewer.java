package chat.starling.channel.owner;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ServerFrame;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.Stage;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.OptionalLong;

/** Follows one feed wherever it is; whatever it is shown goes to the ledger. */
final class SimViewer {

  private final SimCluster cluster;
  private final FeedId feed;
  private long seen;

  SimViewer(SimCluster cluster, FeedId feed) {
    this.cluster = cluster;
    this.feed = feed;
  }

  void follow() {
    SimServer server = cluster.serverFor(feed);
    FeedOwner owner = server.feeds();
    Subscription subscription = new Subscription();
    if (owner != null) {
      server
          .process()
          .after(cluster.delay(), () -> owner.subscribe(feed, OptionalLong.of(seen), subscription));
    }
    cluster.world().after(5_000, subscription::leave);
  }

  /** One subscription, which the viewer gives up after a while for another. */
  private final class Subscription implements FeedSubscriber {
    private boolean left;
    private long next;

    @Override
    public void added(long lastSeq, long fromSeq) {
      next = fromSeq + 1;
    }

    @Override
    public void refused(Reason reason) {
      cluster.world().after(cluster.world().random().nextInt(500), this::leave);
    }

    @Override
    public void referred(String serverId, Stage stage) {
      throw new AssertionError("was referred to " + serverId + " without being asked to go");
    }

    @Override
    public void event(SubscribeResponse response) {
      long seq = response.getEvent().getSeq();
      if (seq != next++) {
        throw new AssertionError("Dense does not hold: " + seq + " came instead of " + (next - 1));
      }
      Event event = parse(response.getEvent().getFrame());
      cluster
          .ledger()
          .shown(feed, seq, event.getMessagePosted().getMessageId(), event.toByteString());
      if (!left) {
        seen = Math.max(seen, seq);
      }
    }

    void leave() {
      if (!left) {
        left = true;
        follow();
      }
    }
  }

  private static Event parse(ByteString frame) {
    try {
      return ServerFrame.parseFrom(frame).getEvent();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
