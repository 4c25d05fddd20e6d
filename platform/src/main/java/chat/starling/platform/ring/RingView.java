package chat.starling.platform.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One version of the ring: its members, and which of them has which shard. Immutable; two views of
 * one version are the same view.
 */
public final class RingView {

  /** The ring before anybody joined. */
  public static final RingView EMPTY = new RingView(0, List.of());

  private final long version;
  private final List<Member> members;
  private final List<Member> active;
  private final short[] table;

  /**
   * @param version 0 for a ring that nobody has written, else from 1
   * @param members at most one a server id, no worker number twice
   */
  public RingView(long version, List<Member> members) {
    this.version = version;
    this.members = members.stream().sorted(Comparator.comparing(Member::serverId)).toList();
    requireDistinct();
    this.active = this.members.stream().filter(m -> m.state() == MemberState.ACTIVE).toList();
    this.table = Rendezvous.table(active.stream().map(Member::serverId).toList());
  }

  private void requireDistinct() {
    Set<Object> seen = new HashSet<>();
    for (Member member : members) {
      if (!seen.add(member.serverId()) || !seen.add(member.worker())) {
        throw new IllegalArgumentException(
            "member: " + member + " (expected: a server id and a worker that no other has)");
      }
    }
  }

  /** Rises by one with every change. */
  public long version() {
    return version;
  }

  /** All members in the order of their ids. */
  public List<Member> members() {
    return members;
  }

  /** Who shall own the shard; null when no member is active. */
  public @Nullable Member ownerOf(Shard shard) {
    int index = table[shard.index()];
    return index < 0 ? null : active.get(index);
  }

  /** The member with this id. */
  public Optional<Member> member(String serverId) {
    return members.stream().filter(member -> member.serverId().equals(serverId)).findFirst();
  }

  /** Whether this incarnation of the server is a member. */
  public boolean has(String serverId, long incarnation) {
    return members.stream().anyMatch(member -> member.is(serverId, incarnation));
  }

  /** Whether anybody takes work. */
  public boolean hasActive() {
    return !active.isEmpty();
  }

  /** The next version, with the member in the place of any that has its id. */
  public RingView with(Member member) {
    return next(all -> {
      all.removeIf(old -> old.serverId().equals(member.serverId()));
      all.add(member);
      return all;
    });
  }

  /** The next version, without that incarnation of the server. */
  public RingView without(String serverId, long incarnation) {
    return next(all -> {
      all.removeIf(member -> member.is(serverId, incarnation));
      return all;
    });
  }

  private RingView next(UnaryOperator<List<Member>> change) {
    return new RingView(version + 1, change.apply(new ArrayList<>(members)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RingView view
        && view.version == version
        && view.members.equals(members);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "ring " + version + " " + members;
  }
}
