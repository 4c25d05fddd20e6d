package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Place;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;

/** What is asked on a Subscribe stream. */
final class SubscribeRequests {

  private SubscribeRequests() {}

  /**
   * Asks for a channel's events.
   *
   * @param follows whether the asker goes where it is referred to
   */
  static SubscribeRequest channel(long channelId, long afterSeq, Place place, boolean follows) {
    var add = add(channelFeed(channelId), afterSeq).setFollowsReferrals(follows);
    if (place.isRelay()) {
      add.getStageBuilder().setEpoch(place.epoch()).addAllPath(place.path());
    }
    return SubscribeRequest.newBuilder().setAdd(add).build();
  }

  static SubscribeRequest noChannel(long channelId) {
    return remove(channelFeed(channelId));
  }

  /**
   * Asks for the events of a workspace's feed.
   *
   * @param process that goes by them
   */
  static SubscribeRequest workspace(long workspaceId, long afterSeq, long process) {
    var add = add(workspaceFeed(workspaceId), afterSeq).setSubscriber(process);
    return SubscribeRequest.newBuilder().setAdd(add).build();
  }

  static SubscribeRequest noWorkspace(long workspaceId) {
    return remove(workspaceFeed(workspaceId));
  }

  static SubscribeRequest heads(long workspaceId) {
    var watch = SubscribeRequest.WatchHeads.newBuilder().setWorkspaceId(workspaceId);
    return SubscribeRequest.newBuilder().setWatchHeads(watch).build();
  }

  static SubscribeRequest noHeads(long workspaceId) {
    var unwatch = SubscribeRequest.UnwatchHeads.newBuilder().setWorkspaceId(workspaceId);
    return SubscribeRequest.newBuilder().setUnwatchHeads(unwatch).build();
  }

  /** Says that this gateway goes by all events of a workspace's feed up to a seq. */
  static SubscribeRequest applied(long workspaceId, long seq, long askedAt) {
    SubscribeRequest.Builder request = SubscribeRequest.newBuilder();
    request.getAppliedBuilder().setWorkspaceId(workspaceId).setSeq(seq).setAskedAt(askedAt);
    return request.build();
  }

  static SubscribeRequest view(RingView view) {
    return SubscribeRequest.newBuilder().setView(RingCodec.toMessage(view)).build();
  }

  private static SubscribeRequest.Add.Builder add(FeedId feed, long afterSeq) {
    var add = SubscribeRequest.Add.newBuilder().setFeed(feed);
    return afterSeq == ChannelView.LIVE_ONLY ? add : add.setAfterSeq(afterSeq);
  }

  private static SubscribeRequest remove(FeedId feed) {
    var remove = SubscribeRequest.Remove.newBuilder().setFeed(feed);
    return SubscribeRequest.newBuilder().setRemove(remove).build();
  }

  private static FeedId channelFeed(long channelId) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channelId).build();
  }

  private static FeedId workspaceFeed(long workspaceId) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_WORKSPACE).setId(workspaceId).build();
  }
}
