package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Viewers of one channel on one connection who have all been sent everything and get the same: for
 * all of them there is one list of what is due, and one tick. Of each there is only its stream's
 * number and credit, in arrays that are walked: what an event costs is what memory it touches, and
 * a session's own objects lie in a dozen places. Whoever is not like the others any more falls out
 * and is written to by itself. Confined to its event loop.
 */
final class Cohort implements Outflow {

  private static final int FIRST_SIZE = 16;

  /** Bytes that are joined into one frame for each lane; what HTTP/2 allows by default. */
  private static final int MOST_JOINED = 16 * 1024;

  /** What may be due before all fall out, and each is held to its own bounds. */
  private static final int MOST_DUE = 256;

  private final Trunk trunk;
  private final Departure departure;
  private final Recent recent;
  private final Consumer<ChannelView> alone;
  private final @Nullable Introduced introduced;
  private final List<Cargo> due = new ArrayList<>();
  private @Nullable ChannelView[] views = new ChannelView[FIRST_SIZE];
  private @Nullable Lane[] lanes = new Lane[FIRST_SIZE];
  private int[] streams = new int[FIRST_SIZE];
  private int[] credits = new int[FIRST_SIZE];
  private int count;

  /** The seq that all get next. */
  private long next;

  /** What is being written: the first of what is due, joined; null between two of them. */
  private byte @Nullable [] writing;

  private int joined;

  /** Lanes to which it has not been written yet: the first so many. */
  private int left;

  private boolean waiting;

  /**
   * @param introduced whom all know who are in it; null for viewers who want to know nobody
   * @param alone takes those who stand alone again
   */
  Cohort(
      Trunk trunk,
      Ticker ticker,
      Recent recent,
      @Nullable Introduced introduced,
      Consumer<ChannelView> alone) {
    this.introduced = introduced;
    this.alone = alone;
    this.trunk = trunk;
    this.departure = new Departure(ticker, this);
    this.recent = recent;
  }

  /** Is for viewers on this connection who are told of these. */
  boolean isOf(Trunk connection, @Nullable Introduced told) {
    return trunk.equals(connection) && Objects.equals(introduced, told);
  }

  int count() {
    return count;
  }

  /** The seq that all get next. */
  long next() {
    return next;
  }

  /** Nothing is due: another may join. */
  boolean isEven() {
    return due.isEmpty();
  }

  /**
   * Takes a viewer in who has everything; only while nothing is due.
   *
   * @param seq that it gets next, as all others do
   */
  void add(ChannelView view, Lane lane, long seq) {
    if (count == views.length) {
      grow();
    }
    next = seq;
    views[count] = view;
    lanes[count] = lane;
    streams[count] = lane.stream();
    credits[count] = lane.credit(0, 0);
    view.joined(this, count);
    lane.take(view);
    count++;
  }

  /** The next event. */
  void offer(Parcel parcel) {
    next = parcel.seq() + 1;
    due.add(parcel);
    if (due.size() > MOST_DUE) {
      dissolve();
    } else {
      departure.eventWritten();
    }
  }

  /** Tells who somebody is, if anybody here wants to know. */
  void tell(Introduction one) {
    if (introduced != null && count > 0) {
      due.add(one);
      departure.eventWritten();
    }
  }

  /** Lets those fall out who may not be sent the channel's events any more. */
  void check() {
    for (int i = count - 1; i >= 0; i--) {
      if (!view(i).permit().allowsViewing()) {
        remove(i);
      }
    }
  }

  /** Lets all fall out. */
  void dissolve() {
    while (count > 0) {
      remove(count - 1);
    }
    due.clear();
    writing = null;
  }

  /** Lets one fall out: what is due is offered to it by itself. */
  void remove(int lane) {
    boolean unwritten = writing == null || lane < left;
    int place = lane;
    ChannelView view = view(lane);
    Lane own = Objects.requireNonNull(lanes[lane]);
    int credit = credits[lane];
    if (writing != null && lane < left) {
      place = --left;
      move(place, lane);
    }
    count--;
    move(count, place);
    views[count] = null;
    lanes[count] = null;
    own.leave(credit);
    List<Cargo> pending = List.copyOf(due.subList(unwritten ? 0 : joined, due.size()));
    view.fellOut(next - events(pending), recent);
    Acquaintance told = view.acquaintance();
    if (told != null && introduced != null) {
      told.met(introduced);
    }
    alone.accept(view);
    pending.forEach(cargo -> offer(cargo, view, told));
  }

  private static long events(List<Cargo> cargoes) {
    return cargoes.stream().filter(Parcel.class::isInstance).count();
  }

  private static void offer(Cargo cargo, ChannelView view, @Nullable Acquaintance told) {
    if (cargo instanceof Parcel parcel) {
      view.offer(parcel);
    } else if (cargo instanceof Introduction one && told != null) {
      told.tell(one);
    }
  }

  @Override
  public void flush() {
    if (!waiting) {
      goOn();
    }
  }

  private void goOn() {
    while (count > 0 && !due.isEmpty()) {
      if (writing == null) {
        begin();
      }
      if (!trunk.isReady() || !writeLanes(Objects.requireNonNull(writing))) {
        waiting = true;
        trunk.whenRoom(this::roomAgain);
        return;
      }
      due.subList(0, joined).clear();
      writing = null;
    }
  }

  private void roomAgain() {
    waiting = false;
    goOn();
  }

  private void begin() {
    int bytes = due.getFirst().wire().length;
    joined = 1;
    while (joined < due.size() && bytes + due.get(joined).wire().length <= MOST_JOINED) {
      bytes += due.get(joined++).wire().length;
    }
    left = count;
    writing = joined == 1 ? due.getFirst().wire() : join(bytes);
  }

  private byte[] join(int bytes) {
    byte[] all = new byte[bytes];
    int at = 0;
    for (Cargo cargo : due.subList(0, joined)) {
      System.arraycopy(cargo.wire(), 0, all, at, cargo.wire().length);
      at += cargo.wire().length;
    }
    return all;
  }

  /** False when the connection takes no more before all lanes are done. */
  private boolean writeLanes(byte[] wire) {
    while (left > 0) {
      if (!trunk.hasRoom()) {
        return false;
      }
      int lane = left - 1;
      if (credits[lane] < wire.length) {
        if (!trunk.hasWindow()) {
          return false;
        }
        credits[lane] = Objects.requireNonNull(lanes[lane]).credit(credits[lane], wire.length);
      }
      if (credits[lane] < wire.length) {
        remove(lane);
      } else {
        credits[lane] -= wire.length;
        left = lane;
        trunk.write(streams[lane], wire);
      }
    }
    return true;
  }

  private void move(int from, int to) {
    if (from != to) {
      ChannelView view = view(from);
      views[to] = view;
      lanes[to] = lanes[from];
      streams[to] = streams[from];
      credits[to] = credits[from];
      view.joined(this, to);
    }
  }

  private ChannelView view(int lane) {
    return Objects.requireNonNull(views[lane]);
  }

  private void grow() {
    int size = count * 2;
    views = Arrays.copyOf(views, size);
    lanes = Arrays.copyOf(lanes, size);
    streams = Arrays.copyOf(streams, size);
    credits = Arrays.copyOf(credits, size);
  }
}
