package chat.starling.channel.operator;

import chat.starling.api.internal.v1.OwnedShard;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Who claims which shard, held against the newest view. */
final class ShardClaims {

  /** A server has a shard, under this epoch. */
  record Claim(String server, long epoch) {}

  private final List<List<Claim>> claims = new ArrayList<>();
  private final RingView view;
  private final List<ServerLine> servers;

  ShardClaims(List<ServerLine> servers, RingView view) {
    this.view = view;
    this.servers = servers;
    IntStream.range(0, Shard.COUNT).forEach(shard -> claims.add(new ArrayList<>(1)));
    for (ServerLine server : servers) {
      if (server.status() != null) {
        server.status().getShardsList().forEach(shard -> claim(server.id(), shard));
      }
    }
  }

  private void claim(String server, OwnedShard shard) {
    if (shard.getShard() >= 0 && shard.getShard() < Shard.COUNT) {
      claims.get(shard.getShard()).add(new Claim(server, shard.getEpoch()));
    }
  }

  /** All claims of a shard. */
  List<Claim> of(int shard) {
    return claims.get(shard);
  }

  /** The shards that no server has, as far as the servers that should have them answered. */
  List<Integer> ofNobody() {
    return where(shard -> of(shard).isEmpty() && !isUnknown(shard));
  }

  /** The shards that the view gives to a server that did not answer, and that no other has. */
  List<Integer> unknown() {
    return where(shard -> of(shard).isEmpty() && isUnknown(shard));
  }

  /** The shards that more than one server has. */
  List<Integer> ofSeveral() {
    return where(shard -> of(shard).size() > 1);
  }

  /** The shards that are with another server than the view says. */
  List<Integer> moving() {
    return where(shard -> {
      Member owner = view.ownerOf(new Shard(shard));
      return of(shard).size() == 1
          && (owner == null || !owner.serverId().equals(of(shard).getFirst().server()));
    });
  }

  private boolean isUnknown(int shard) {
    Member owner = view.ownerOf(new Shard(shard));
    return owner != null
        && servers.stream()
            .anyMatch(server -> server.status() == null && server.id().equals(owner.serverId()));
  }

  private static List<Integer> where(IntPredicate condition) {
    return IntStream.range(0, Shard.COUNT).filter(condition).boxed().toList();
  }
}
