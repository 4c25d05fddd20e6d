package chat.starling.gateway.routing;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.settings.HostPort;
import java.util.Objects;
import java.util.stream.IntStream;

/** Rings of servers "s0", "s1" … at ports 1000, 1001 … */
final class Rings {

  private Rings() {}

  static RingView view(long version, int... servers) {
    return new RingView(version, IntStream.of(servers).mapToObj(i -> member(i, 1)).toList());
  }

  static Member member(int server, long incarnation) {
    return new Member("s" + server, incarnation, address(server), MemberState.ACTIVE, server);
  }

  static Peer peer(int server) {
    return Peer.of(member(server, 1));
  }

  static Peer seed(int server) {
    return Peer.at(HostPort.parse(address(server)));
  }

  static String address(int server) {
    return "127.0.0.1:" + (1000 + server);
  }

  /** Some channel that the view gives to the server. */
  static long channelOf(RingView view, int server) {
    for (long channel = 1; ; channel++) {
      Member owner = Objects.requireNonNull(view.ownerOf(Shard.of(FeedId.channel(channel))));
      if (owner.serverId().equals("s" + server)) {
        return channel;
      }
    }
  }
}
