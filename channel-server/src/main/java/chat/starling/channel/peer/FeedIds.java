package chat.starling.channel.peer;

import chat.starling.api.internal.v1.FeedKind;
import chat.starling.platform.ids.FeedId;

/** Feeds as servers name them to each other. */
final class FeedIds {

  private FeedIds() {}

  static chat.starling.api.internal.v1.FeedId toMessage(FeedId feed) {
    return chat.starling.api.internal.v1.FeedId.newBuilder()
        .setKind(FeedKind.forNumber(feed.kind().code()))
        .setId(feed.id())
        .build();
  }

  static FeedId of(chat.starling.api.internal.v1.FeedId message) {
    return new FeedId(
        chat.starling.platform.ids.FeedKind.of(message.getKindValue()), message.getId());
  }
}
