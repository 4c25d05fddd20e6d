package chat.starling.gateway.runtime;

import chat.starling.api.v1.Close;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.ServerFrameOrBuilder;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.ReplayRing;
import chat.starling.gateway.session.Session;
import java.util.List;

/**
 * What leaves for a session's client: events, which it remembers for a resume, and answers. A
 * client that lets too much of it wait is reported. On the session's event loop.
 */
final class Outgoing implements Views.Outlet {

  private final Connection connection;
  private final Session session;
  private final Metrics metrics;
  private final int maxPendingBytes;
  private final Runnable onTooSlow;
  private ReplayRing events;

  /**
   * @param session nothing but its last words leaves once it has ended
   * @param onTooSlow runs when more than the limit waits for the client
   */
  Outgoing(SessionParts parts, Connection connection, Session session, Runnable onTooSlow) {
    this.connection = connection;
    this.session = session;
    this.metrics = parts.metrics();
    this.maxPendingBytes = parts.maxPendingBytes();
    this.onTooSlow = onTooSlow;
    this.events = new ReplayRing(parts.replayEvents());
  }

  @Override
  public void deliver(Parcel parcel) {
    events.add(parcel);
    write(parcel.wire());
  }

  @Override
  public void say(int ref, ServerFrame.Builder frame) {
    count(frame);
    write(Parcel.wire(frame.setRef(ref).build().toByteString()));
  }

  @Override
  public void share(byte[] wire) {
    write(wire);
  }

  /** The client has room for a page. */
  boolean hasRoom() {
    return connection.pendingBytes() <= maxPendingBytes / 2;
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
    count(frame);
    connection.write(Parcel.wire(frame.toByteString()));
  }

  /** Says why the session ends, and ends the stream. */
  void end(Close close) {
    metrics.refused(close.getRefusal().getReason());
    connection.write(Parcel.wire(ServerFrame.newBuilder().setClose(close).build().toByteString()));
    connection.end(close);
  }

  /** Ends the stream with OK. */
  void finish() {
    connection.finish();
  }

  /**
   * Goes on where an earlier connection of the session was cut.
   *
   * @param missed of its events, in their order
   */
  void goOn(ReplayRing earlier, List<Parcel> missed) {
    events = earlier;
    missed.forEach(parcel -> write(parcel.wire()));
  }

  /** The events that have left, or would have. */
  ReplayRing events() {
    return events;
  }

  private void write(byte[] wire) {
    if (session.isEnded()) {
      return;
    }
    connection.write(wire);
    if (connection.pendingBytes() > maxPendingBytes) {
      onTooSlow.run();
    }
  }

  private void count(ServerFrameOrBuilder frame) {
    if (frame.hasRefusal()) {
      metrics.refused(frame.getRefusal().getReason());
    }
  }
}
