package chat.starling.channel.ownership;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import java.util.List;
import java.util.stream.IntStream;

/** Whom a server watches: the members that come after it in the order of ids, round and round. */
final class Neighbours {

  private Neighbours() {}

  /** The next {@code count} members after the server; all others if they are fewer. */
  static List<Member> after(RingView view, String serverId, int count) {
    List<Member> members = view.members();
    int self =
        IntStream.range(0, members.size())
            .filter(i -> members.get(i).serverId().equals(serverId))
            .findFirst()
            .orElse(-1);
    return self < 0
        ? List.of()
        : IntStream.rangeClosed(1, Math.min(count, members.size() - 1))
            .mapToObj(i -> members.get((self + i) % members.size()))
            .toList();
  }
}
