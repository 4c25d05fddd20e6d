package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.relay.Asker;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.Stage;
import chat.starling.channel.relay.StageCodec;
import chat.starling.platform.rpc.RefusalStatus;

/** One gateway's subscription to one feed, on its stream with many others. */
final class Subscription implements FeedSubscriber {

  private final FeedId feed;
  private final Asker asker;
  private final long process;
  private final Outbound<SubscribeResponse> outbound;
  private volatile boolean ended;

  Subscription(FeedId feed, Asker asker, long process, Outbound<SubscribeResponse> outbound) {
    this.feed = feed;
    this.asker = asker;
    this.process = process;
    this.outbound = outbound;
  }

  /** Where in the feed's tree this server is asked. */
  Stage stage() {
    return asker.stage();
  }

  /** Nothing of it goes out any more. */
  void end() {
    ended = true;
  }

  @Override
  public Asker asker() {
    return asker;
  }

  @Override
  public long process() {
    return process;
  }

  @Override
  public void trusted(long askedAt, long millis) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    response.getTrustedBuilder().setWorkspaceId(feed.getId()).setAskedAt(askedAt).setMillis(millis);
    send(response.build());
  }

  @Override
  public void added(long lastSeq, long fromSeq) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    response.getAddedBuilder().setFeed(feed).setLastSeq(lastSeq).setFromSeq(fromSeq);
    send(response.build());
  }

  @Override
  public void refused(Reason reason) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    response.getRefusedBuilder().setFeed(feed).setReason(RefusalStatus.name(reason));
    send(response.build());
  }

  @Override
  public void referred(String serverId, Stage next) {
    SubscribeResponse.Builder response = SubscribeResponse.newBuilder();
    response
        .getReferredBuilder()
        .setFeed(feed)
        .setServerId(serverId)
        .setStage(StageCodec.toMessage(next));
    send(response.build());
  }

  @Override
  public void event(SubscribeResponse event) {
    send(event);
  }

  private void send(SubscribeResponse response) {
    if (!ended) {
      outbound.send(response);
    }
  }
}
