package chat.starling.gateway.runtime;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.ServerFrameOrBuilder;
import chat.starling.gateway.delivery.BumpFlow;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Departure;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.ReplayRing;
import chat.starling.gateway.delivery.Slowness;
import chat.starling.gateway.delivery.Ticker;
import chat.starling.gateway.session.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What leaves for a session's client: events, which it remembers for a resume, and answers. When
 * too much waits for the client its events are taken back, and it is told what it missed once it
 * has read the rest; one that does not read at all is reported. On the session's event loop.
 */
final class Outgoing implements ViewOutlet, BumpFlow.Way {

  private final Connection connection;
  private final Departure departure;
  private final Session session;
  private final Metrics metrics;
  private final Slowness slowness;
  private final Runnable onTooSlow;
  private ReplayRing events;
  private @Nullable ChannelView sharing;
  private boolean behind;
  private long departed;
  private long departedAt;

  /**
   * @param session nothing but its last words leaves once it has ended
   * @param onTooSlow runs when the client is not to be waited for any more
   */
  Outgoing(
      SessionParts parts,
      Ticker ticker,
      Connection connection,
      Session session,
      Runnable onTooSlow) {
    this.connection = connection;
    this.departure = new Departure(ticker, connection);
    this.session = session;
    this.metrics = parts.metrics();
    this.slowness = parts.slowness();
    this.onTooSlow = onTooSlow;
    this.events = new ReplayRing(parts.replayEvents());
  }

  /** The client can do with fewer frames: events wait so long for others. */
  void pace(Duration tick) {
    standAlone();
    departure.wish(tick);
  }

  @Override
  public void deliver(Parcel parcel, Lag lag) {
    standAlone();
    events.add(parcel);
    if (session.isEnded()) {
      return;
    }
    connection.write(parcel);
    if (isTooMuch()) {
      takeBack(lag);
    } else {
      departure.eventWritten();
    }
  }

  @Override
  public @Nullable Lane lane() {
    return behind || session.isEnded() || !departure.isUsual() ? null : connection.lane();
  }

  @Override
  public void shares(ChannelView view) {
    sharing = view;
  }

  @Override
  public void shared(long unknown, List<Parcel> sent) {
    sharing = null;
    if (unknown > 0) {
      events.skip(unknown);
    }
    sent.forEach(events::add);
  }

  @Override
  public void say(int ref, ServerFrame.Builder frame) {
    if (!session.isEnded()) {
      answer(frame.setRef(ref).build());
      cutIfTooMuch();
    }
  }

  @Override
  public void share(Notice notice) {
    if (!session.isEnded()) {
      standAlone();
      connection.write(notice);
      departure.eventWritten();
      cutIfTooMuch();
    }
  }

  @Override
  public boolean hasRoom() {
    return connection.pendingBytes() <= slowness.maxBytes() / 2;
  }

  @Override
  public void whenRoom(Runnable task) {
    if (hasRoom()) {
      task.run();
    } else {
      connection.whenDrained(() -> whenRoom(task));
    }
  }

  /** Says what the session itself has to say, its last words too. */
  void answer(ServerFrame frame) {
    standAlone();
    count(frame);
    connection.write(new Notice(frame));
    connection.flush();
  }

  /** Says why the session ends, and ends the stream. What had not left is for a resume to bring. */
  void end(Close close) {
    standAlone();
    metrics.refused(close.getRefusal().getReason());
    connection.takeBack(parcel -> {});
    connection.write(new Notice(ServerFrame.newBuilder().setClose(close).build()));
    connection.end(close);
  }

  /** Ends the stream with OK. */
  void finish() {
    standAlone();
    connection.finish();
  }

  /**
   * Goes on where an earlier connection of the session was cut.
   *
   * @param missed of its events, in their order
   */
  void goOn(ReplayRing earlier, List<Parcel> missed) {
    events = earlier;
    missed.forEach(connection::write);
    connection.flush();
  }

  /** The events that have left, or would have. */
  ReplayRing events() {
    return events;
  }

  /** Time has passed: reports a client that has read nothing for too long. */
  void pulse(long now) {
    boolean reads = connection.pendingBytes() == 0 || connection.departedBytes() != departed;
    if (reads) {
      departed = connection.departedBytes();
      departedAt = now;
    } else if (now - departedAt > slowness.patience().toNanos()) {
      onTooSlow.run();
    }
  }

  /** What comes next is for this session alone. */
  private void standAlone() {
    ChannelView view = sharing;
    if (view != null) {
      sharing = null;
      view.standAlone();
    }
  }

  private void cutIfTooMuch() {
    if (isTooMuch()) {
      onTooSlow.run();
    }
  }

  private boolean isTooMuch() {
    return connection.pendingBytes() > slowness.maxBytes()
        || connection.pendingMessages() > slowness.maxMessages();
  }

  private void takeBack(Lag lag) {
    Map<Long, Long> cursors = new LinkedHashMap<>();
    connection.takeBack(parcel -> {
      cursors.putIfAbsent(parcel.channelId(), parcel.seq() - 1);
      events.rewind(1);
    });
    cursors.forEach(lag::fellBehind);
    metrics.fellBehind();
    if (isTooMuch()) {
      onTooSlow.run();
    } else if (!behind) {
      behind = true;
      connection.whenDrained(() -> {
        behind = false;
        lag.caughtUp();
      });
    }
  }

  private void count(ServerFrameOrBuilder frame) {
    if (frame.hasRefusal()) {
      metrics.refused(frame.getRefusal().getReason());
    }
  }
}
