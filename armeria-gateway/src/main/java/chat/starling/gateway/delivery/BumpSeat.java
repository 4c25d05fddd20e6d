package chat.starling.gateway.delivery;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session's place among those who are told of one workspace. Confined to its event loop. */
public final class BumpSeat {

  /** Of a channel of which the session has not been told anything yet. */
  private static final long UNTOLD = Long.MAX_VALUE;

  /** Of a channel that the session was refused: it is bumped, and not sent what is said there. */
  private static final long REFUSED = UNTOLD - 1;

  final BumpHearer hearer;
  final int slice;
  private final long workspaceId;
  private long[] channels = {};

  /** Up to where the session was told of each channel; null unless it is sent small channels. */
  private long @Nullable [] told;

  private boolean seated;
  private boolean left;

  /** Of the channels those that the session is to be told of; null while there are none. */
  private @Nullable Set<Long> owed;

  /** What the session is told with the frame that is being put together. */
  @Nullable BumpSet telling;

  BumpSeat(long workspaceId, BumpHearer hearer, int slice, boolean pushes) {
    this.workspaceId = workspaceId;
    this.hearer = hearer;
    this.slice = slice;
    this.told = pushes ? new long[0] : null;
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

  /** The channels that the session is told of, in rising order. */
  public long[] all() {
    return channels.clone();
  }

  void setChannels(long[] ids) {
    long[] sorted = ids.clone();
    Arrays.sort(sorted);
    if (told != null) {
      told = Arrays.stream(sorted).map(this::told).toArray();
    }
    channels = sorted;
  }

  /** The session is sent what is said in small channels. */
  boolean pushes() {
    return told != null;
  }

  /** Up to where the session was told of the channel; more than any seq when it is not known. */
  long told(long channelId) {
    int at = Arrays.binarySearch(channels, channelId);
    return told == null || at < 0 ? UNTOLD : told[at];
  }

  /** The session is told that the channel is at this seq. */
  void told(long channelId, long seq) {
    if (told != null) {
      int at = Arrays.binarySearch(channels, channelId);
      if (at >= 0 && told[at] != REFUSED) {
        told[at] = seq;
      }
    }
  }

  /** The session has not been told that the channel is at this seq. */
  boolean lacks(long channelId, long seq) {
    long at = told(channelId);
    return at < seq || at == REFUSED;
  }

  /** The session has the channel up to this seq, whatever it was told. */
  void standsAt(long channelId, long seq) {
    set(channelId, seq);
  }

  /** The session may not have what is said in the channel. */
  void refuse(long channelId) {
    set(channelId, REFUSED);
  }

  private void set(long channelId, long seq) {
    int at = Arrays.binarySearch(channels, channelId);
    if (told != null && at >= 0) {
      told[at] = seq;
    }
  }

  /** The memberships have been read. */
  public boolean isSeated() {
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
