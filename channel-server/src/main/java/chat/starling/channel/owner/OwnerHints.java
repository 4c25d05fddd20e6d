package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;

/**
 * What those are told who ask this server for a feed that it does not own: where to ask instead.
 *
 * @param serverId this server, which is never a hint
 */
public record OwnerHints(String serverId, RingHolder ring) {

  /** The refusal, with the owner's address by the newest view, if that names another server. */
  Refusal notOwner(FeedId feed) {
    Member owner = ring.current().ownerOf(Shard.of(feed));
    Refuse refusal =
        Refuse.because(Reason.REASON_NOT_OWNER)
            .field("feed")
            .value(feed.id())
            .message("another server owns the feed");
    return owner == null || owner.serverId().equals(serverId)
        ? refusal.build()
        : refusal.expected(owner.address()).build();
  }
}
