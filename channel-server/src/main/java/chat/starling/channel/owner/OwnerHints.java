package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What those are told who ask this server for a feed that it does not own: where to ask instead.
 * While a shard moves, that is who still has it, and only then who shall have it.
 *
 * @param serverId this server, which is never a hint
 * @param sought is told of shards that are asked for while this server shall have them
 */
public record OwnerHints(
    String serverId, RingHolder ring, OwnedShards shards, Consumer<Shard> sought) {

  /** The refusal, with the owner's address as far as this server knows another one. */
  Refusal notOwner(FeedId feed) {
    Refuse refusal =
        Refuse.because(Reason.REASON_NOT_OWNER)
            .field("feed")
            .value(feed.id())
            .message("another server owns the feed");
    Shard shard = Shard.of(feed);
    Member next = ring.current().ownerOf(shard);
    if (next != null && !isOther(next)) {
      sought.accept(shard);
    }
    return owner(shard).map(Member::address).map(refusal::expected).orElse(refusal).build();
  }

  private Optional<Member> owner(Shard shard) {
    RingView view = ring.current();
    return Optional.ofNullable(shards.holderOf(shard))
        .flatMap(holder ->
            view.member(holder.serverId())
                .filter(member -> member.incarnation() == holder.number()))
        .filter(this::isOther)
        .or(() -> Optional.ofNullable(view.ownerOf(shard)).filter(this::isOther));
  }

  private boolean isOther(Member member) {
    return !member.serverId().equals(serverId);
  }
}
