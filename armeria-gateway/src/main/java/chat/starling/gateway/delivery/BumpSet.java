package chat.starling.gateway.delivery;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Bumps;
import chat.starling.api.v1.ServerFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of bumps that is built channel by channel for many sessions at once: sessions that were
 * given the same channels hold the same set, so that its bytes are made once for all of them.
 */
final class BumpSet {

  private final @Nullable BumpSet rest;
  private final long channelId;
  private final long seq;
  private @Nullable BumpSet next;
  private @Nullable Notice notice;

  private BumpSet(@Nullable BumpSet rest, long channelId, long seq) {
    this.rest = rest;
    this.channelId = channelId;
    this.seq = seq;
  }

  /** The empty set that sessions begin with. */
  static BumpSet empty() {
    return new BumpSet(null, 0, 0);
  }

  /**
   * This set and one channel more: the same object for all who ask before another channel's turn
   * comes.
   */
  BumpSet with(long channel, long head) {
    BumpSet known = next;
    if (known == null || known.channelId != channel) {
      known = new BumpSet(this, channel, head);
      next = known;
    }
    return known;
  }

  /** The frame that tells of them. */
  Notice notice() {
    Notice made = notice;
    if (made == null) {
      made = frame(bumps());
      notice = made;
    }
    return made;
  }

  /** The frame that tells of these. */
  static Notice frame(List<Bump> bumps) {
    return new Notice(
        ServerFrame.newBuilder().setBumps(Bumps.newBuilder().addAllBumps(bumps)).build());
  }

  private List<Bump> bumps() {
    List<Bump> bumps = new ArrayList<>();
    for (BumpSet each = this; each.rest != null; each = each.rest) {
      bumps.add(Bump.newBuilder().setChannelId(each.channelId).setLastSeq(each.seq).build());
    }
    Collections.reverse(bumps);
    return bumps;
  }
}
