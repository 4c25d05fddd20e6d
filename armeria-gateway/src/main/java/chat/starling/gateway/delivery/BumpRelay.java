package chat.starling.gateway.delivery;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The sessions of one event loop that are told which of their user's channels have moved while they
 * do not look at them. Confined to its event loop.
 *
 * <p>The sessions of a workspace are dealt into slices that take turns, each once in the interval:
 * so a session hears at most once in the interval, whatever happens, and the loop never has to
 * write to all of them at once. Sessions of a slice that are told the same share the bytes.
 */
public final class BumpRelay implements HeadFollower {

  /** How many turns an interval has. */
  static final int SLICES = 20;

  /** How long a workspace without sessions is still watched: people come back. */
  static final Duration LINGER = Duration.ofSeconds(30);

  /** Of heads that are told frame by frame: no channel is left. */
  static final long ALL = Long.MAX_VALUE;

  private final Map<Long, BumpRoom> rooms = new HashMap<>();
  private final List<List<DueSlice>> due = new ArrayList<>();
  private final Workspaces upstream;
  private final ChannelSizes sizes;
  private final HeadFollower inbox;
  private final Delay delay;
  private final Duration step;
  private int turn;
  private int dueCount;
  private boolean armed;
  private int dealt;
  private long frames;

  private record DueSlice(BumpRoom room, BumpSlice slice) {}

  /**
   * @param sizes asked of channels that move and have members here who want what is said in them
   * @param interval the least time between two frames of bumps for one session and workspace
   * @param inbox brings what upstream says to this relay on its event loop
   */
  public BumpRelay(
      Workspaces upstream,
      ChannelSizes sizes,
      Delay delay,
      Duration interval,
      Function<BumpRelay, HeadFollower> inbox) {
    this.upstream = upstream;
    this.sizes = sizes;
    this.delay = delay;
    this.step = interval.dividedBy(SLICES);
    this.inbox = inbox.apply(this);
    for (int i = 0; i < SLICES; i++) {
      due.add(new ArrayList<>());
    }
  }

  /**
   * Takes a session in; it hears nothing until its user's channels are known.
   *
   * @param pushes the session wants what is said in small channels
   */
  public BumpSeat enter(long workspaceId, BumpHearer hearer, boolean pushes) {
    BumpRoom room = rooms.get(workspaceId);
    if (room == null) {
      room = new BumpRoom();
      rooms.put(workspaceId, room);
      upstream.watch(workspaceId, inbox);
    }
    room.count++;
    if (pushes) {
      BumpRoom entered = room;
      room.beginPushes(
          () -> new PushBoard(sizes, (seat, channelId) -> owe(entered, seat, channelId)));
    }
    return new BumpSeat(workspaceId, hearer, dealt++ % SLICES, pushes);
  }

  /**
   * The user's channels have been read. The first time the session is told of all of them, as soon
   * as their heads are known; later of those that are new.
   */
  public void channels(BumpSeat seat, long[] channelIds) {
    BumpRoom room = rooms.get(seat.workspaceId());
    if (room == null || seat.hasLeft()) {
      return;
    }
    if (seat.isSeated()) {
      change(room, seat, channelIds);
      return;
    }
    seat.setChannels(channelIds);
    seat.seat();
    for (long channelId : seat.channels()) {
      room.add(seat, channelId);
    }
    if (room.heads == null) {
      room.waiting.add(seat);
    } else {
      tellAll(seat);
    }
  }

  /** The user is a member of this channel too. */
  public void joined(BumpSeat seat, long channelId) {
    if (seat.isSeated() && !seat.has(channelId)) {
      long[] all = Arrays.copyOf(seat.channels(), seat.channels().length + 1);
      all[all.length - 1] = channelId;
      channels(seat, all);
    }
  }

  /**
   * The session has the channel in view no more, and got it up to this cursor: it is told where the
   * channel is if it lacks something, and a later view begins here.
   */
  public void unseen(BumpSeat seat, long channelId, long cursor) {
    BumpRoom room = rooms.get(seat.workspaceId());
    if (cursor != ChannelView.LIVE_ONLY) {
      seat.standsAt(channelId, cursor);
    }
    if (room != null
        && room.heads != null
        && !seat.hasLeft()
        && seat.has(channelId)
        && room.heads.of(channelId) > Math.max(cursor, 0)) {
      owe(room, seat, channelId);
    }
  }

  /**
   * The session may not have the channel in view: it is bumped from now on, however small it is.
   */
  public void refused(BumpSeat seat, long channelId) {
    seat.refuse(channelId);
  }

  /**
   * Tells a session some heads of its channels with ids above this one, in one frame.
   *
   * @param after 0 to begin with
   * @return after which to go on; {@link #ALL} when no channel is left
   */
  long tellSome(BumpSeat seat, long after) {
    BumpRoom room = rooms.get(seat.workspaceId());
    if (room == null || room.heads == null || seat.hasLeft() || !seat.isSeated()) {
      return ALL;
    }
    long[] all = seat.channels();
    int from = firstAbove(all, after);
    if (from == all.length && after != 0) {
      return ALL;
    }
    int end = Math.min(all.length, from + BumpSlice.MOST_IN_ONE);
    seat.hearer.tell(joined(seat, from, end, room.heads));
    frames++;
    return end == all.length ? ALL : all[end - 1];
  }

  /** Takes a session out. */
  public void leave(BumpSeat seat) {
    BumpRoom room = rooms.get(seat.workspaceId());
    if (room == null || seat.hasLeft()) {
      return;
    }
    seat.leave();
    room.forget(seat);
    if (--room.count == 0) {
      delay.run(LINGER, () -> dropIfUnused(seat.workspaceId(), room));
    }
  }

  @Override
  public void known(long workspaceId, WorkspaceHeads heads) {
    BumpRoom room = rooms.get(workspaceId);
    if (room != null) {
      room.heads = heads;
      List<BumpSeat> waiting = List.copyOf(room.waiting);
      room.waiting.clear();
      waiting.forEach(this::tellAll);
    }
  }

  @Override
  public void moved(long workspaceId, long[] channelIds) {
    BumpRoom room = rooms.get(workspaceId);
    if (room == null || room.heads == null) {
      return;
    }
    PushBoard pushes = room.pushes();
    if (pushes != null) {
      pushes.moved(channelIds, room.heads);
    }
    for (int i = 0; i < SLICES; i++) {
      BumpSlice slice = room.slice(i);
      if (slice != null) {
        boolean before = slice.isDue();
        slice.moved(channelIds);
        schedule(room, i, slice, before);
      }
    }
  }

  /** Frames that were handed to sessions so far. */
  public long frames() {
    return frames;
  }

  /** Workspaces that are watched here. */
  public int size() {
    return rooms.size();
  }

  private void change(BumpRoom room, BumpSeat seat, long[] channelIds) {
    long[] before = seat.channels();
    seat.setChannels(channelIds);
    for (long channelId : before) {
      if (!seat.has(channelId)) {
        room.remove(seat, channelId);
      }
    }
    for (long channelId : seat.channels()) {
      if (Arrays.binarySearch(before, channelId) < 0) {
        room.add(seat, channelId);
        introduce(room, seat, channelId);
      }
    }
  }

  /** What has been said before in a channel that is new is bumped, what comes may be sent. */
  private void introduce(BumpRoom room, BumpSeat seat, long channelId) {
    long head = room.heads == null ? 0 : room.heads.of(channelId);
    if (room.heads != null) {
      seat.told(channelId, head);
    }
    if (head > 0 || !seat.pushes()) {
      owe(room, seat, channelId);
    }
  }

  private void owe(BumpRoom room, BumpSeat seat, long channelId) {
    BumpSlice slice = room.slice(seat);
    boolean before = slice.isDue();
    slice.owe(seat, channelId);
    schedule(room, seat.slice, slice, before);
  }

  private void schedule(BumpRoom room, int number, BumpSlice slice, boolean before) {
    if (!before && slice.isDue()) {
      due.get(number).add(new DueSlice(room, slice));
      dueCount++;
      arm();
    }
  }

  private void arm() {
    if (!armed && dueCount > 0) {
      armed = true;
      delay.run(step, this::tick);
    }
  }

  private void tick() {
    armed = false;
    turn = (turn + 1) % SLICES;
    List<DueSlice> now = due.get(turn);
    due.set(turn, new ArrayList<>());
    dueCount -= now.size();
    for (DueSlice next : now) {
      WorkspaceHeads heads = next.room.heads;
      if (heads != null) {
        frames += next.slice.flush(heads, next.room::isUndecided);
      }
    }
    arm();
  }

  private void dropIfUnused(long workspaceId, BumpRoom room) {
    if (room.count == 0 && rooms.remove(workspaceId, room)) {
      upstream.unwatch(workspaceId, inbox);
    }
  }

  private void tellAll(BumpSeat seat) {
    long after = 0;
    while (after != ALL) {
      after = tellSome(seat, after);
    }
  }

  private static int firstAbove(long[] sorted, long id) {
    int at = Arrays.binarySearch(sorted, id);
    return at < 0 ? -at - 1 : at + 1;
  }

  private static Notice joined(BumpSeat seat, int from, int end, WorkspaceHeads heads) {
    long[] all = seat.channels();
    Joined.Builder joined =
        Joined.newBuilder().setWorkspaceId(seat.workspaceId()).setMore(end < all.length);
    for (int i = from; i < end; i++) {
      long head = heads.of(all[i]);
      if (!seat.hearer.hears(seat, all[i])) {
        continue;
      }
      joined.addChannels(Bump.newBuilder().setChannelId(all[i]).setLastSeq(head).build());
      seat.told(all[i], head);
    }
    return new Notice(ServerFrame.newBuilder().setJoined(joined).build());
  }
}
