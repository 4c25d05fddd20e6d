package chat.starling.gateway.delivery;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session's place among those who are told of one workspace. Confined to its event loop. */
public final class BumpSeat {

  final BumpHearer hearer;
  final int slice;
  private final long workspaceId;
  private long[] channels = {};
  private boolean seated;
  private boolean left;

  /** Of the channels those that the session is to be told of; null while there are none. */
  private @Nullable Set<Long> owed;

  /** What the session is told with the frame that is being put together. */
  @Nullable BumpSet telling;

  BumpSeat(long workspaceId, BumpHearer hearer, int slice) {
    this.workspaceId = workspaceId;
    this.hearer = hearer;
    this.slice = slice;
  }

  /** The workspace that the session is told of. */
  public long workspaceId() {
    return workspaceId;
  }

  /** The channel is one of the user's, as far as is known. */
  public boolean has(long channelId) {
    return Arrays.binarySearch(channels, channelId) >= 0;
  }

  /** The user's channels, in rising order; not to be changed. */
  long[] channels() {
    return channels;
  }

  void setChannels(long[] ids) {
    channels = ids.clone();
    Arrays.sort(channels);
  }

  /** The memberships have been read. */
  boolean isSeated() {
    return seated;
  }

  void seat() {
    seated = true;
  }

  boolean hasLeft() {
    return left;
  }

  void leave() {
    left = true;
  }

  /** Notes that this session is to be told of the channel, whether or not it moves. */
  void owe(long channelId) {
    Set<Long> all = owed;
    if (all == null) {
      all = new LinkedHashSet<>();
      owed = all;
    }
    all.add(channelId);
  }

  /** The channels that are owed; to take from. */
  Set<Long> owed() {
    Set<Long> all = owed;
    return all == null ? Set.of() : all;
  }

  /** Nothing is owed any more. */
  void settle() {
    owed = null;
  }
}
