package chat.starling.channel.owner;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.AppendReply;
import chat.starling.channel.feed.Appended;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/** Sends one message until it hears of an ack; requests and answers are sometimes lost. */
final class SimClient {

  private static final int PATIENCE_MILLIS = 3_000;

  private final SimCluster cluster;
  private final FeedId feed;
  private final int number;
  private final ByteString nonce;
  private boolean unknown;
  private boolean heard;

  SimClient(SimCluster cluster, FeedId feed, int number) {
    this.cluster = cluster;
    this.feed = feed;
    this.number = number;
    nonce = ByteString.copyFrom(ByteBuffer.allocate(16).putLong(1).putLong(number).flip());
  }

  boolean heard() {
    return heard;
  }

  void send() {
    if (heard) {
      return;
    }
    SimServer server = cluster.serverFor(feed);
    FeedOwner owner = server.feeds();
    boolean[] answered = new boolean[1];
    if (owner != null && !cluster.loses()) {
      Append append =
          new Append(
              Author.newBuilder().setUserId(1 + number % 3).build(),
              nonce,
              "text " + number,
              unknown,
              "",
              new Reply(answered));
      server.process().after(cluster.delay(), () -> owner.append(feed, append));
    }
    cluster
        .world()
        .after(
            PATIENCE_MILLIS,
            () -> {
              if (!answered[0]) {
                answered[0] = true;
                unknown = true;
                send();
              }
            });
  }

  private void again() {
    cluster.world().after(50 + cluster.world().random().nextInt(700), this::send);
  }

  /** The answer to one try, which may never arrive. */
  private final class Reply implements AppendReply {
    private final boolean[] answered;

    Reply(boolean[] answered) {
      this.answered = answered;
    }

    @Override
    public void acked(Appended result) {
      cluster.ledger().acked(feed, nonce, result);
      arrive(() -> heard = true);
    }

    @Override
    public void refused(Refusal refusal) {
      arrive(() -> {
        unknown |= refusal.getReason() == Reason.REASON_TIMEOUT;
        again();
      });
    }

    private void arrive(Runnable then) {
      if (!cluster.loses()) {
        cluster
            .world()
            .after(
                cluster.delay(),
                () -> {
                  if (!answered[0]) {
                    answered[0] = true;
                    then.run();
                  }
                });
      }
    }
  }
}
