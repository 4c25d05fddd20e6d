package chat.starling.gateway.frames;

import chat.starling.api.v1.Close;
import chat.starling.gateway.delivery.Cargo;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Trunk;
import com.linecorp.armeria.common.HttpResponse;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session's stream whose DATA frames are composed. Messages wait in its queue while the client's
 * windows or the connection have no room for them.
 */
final class ComposedConnection implements ClientStream, Lane {

  private final FrameComposer composer;
  private final Http2Stream stream;
  private final StreamCredit credit;
  private final ResponseFrame frame;
  private final StreamQueue queue = new StreamQueue();
  private final DrainTasks drained = new DrainTasks();
  private long departed;
  private @Nullable Tenant tenant;
  private boolean waiting;
  private boolean closed;

  /**
   * @param frame the response around the stream's data
   */
  ComposedConnection(FrameComposer composer, Http2Stream stream, ResponseFrame frame) {
    this.composer = composer;
    this.stream = stream;
    this.frame = frame;
    this.credit = composer.attach(stream, this);
  }

  @Override
  public HttpResponse response() {
    return frame.response();
  }

  @Override
  public void write(Cargo cargo) {
    if (!closed && !frame.isEnding()) {
      queue.add(cargo);
    }
  }

  @Override
  public void flush() {
    if (!waiting) {
      goOn();
    }
  }

  /** What the stream waited for may be there. */
  void goOn() {
    waiting = false;
    if (closed || queue.isEmpty()) {
      return;
    }
    if (stream.state() == Http2Stream.State.CLOSED) {
      streamClosed(); // before it was attached
    } else if (!stream.isHeadersSent()) {
      // Armeria writes them in a later step of its own on this loop.
      waiting = true;
      composer.resume(this);
    } else if (!composer.hasRoom()) {
      waiting = true;
      composer.whenRoom(this::goOn);
    } else {
      send();
    }
  }

  /** More credit has come. */
  void granted() {
    if (!waiting) {
      waiting = true;
      composer.resume(this);
    }
  }

  private void send() {
    composer.settleWindows();
    long needed = queue.bytes();
    askFor(needed, !composer.isShared());
    int bytes = (int) Math.min(needed, credit.available());
    if (bytes > 0) {
      composer.compose(stream.id(), queue, bytes);
      credit.spend(bytes);
      departed += bytes;
    }
    if (queue.isEmpty()) {
      empty();
    }
  }

  /** Asks for what is missing, and for more where the stream will soon send more. */
  private void askFor(long needed, boolean ahead) {
    long missing = needed - credit.available();
    if (missing > 0 && !credit.isAwaited()) {
      int least = (int) Math.min(missing, Integer.MAX_VALUE);
      credit.ask(least, ahead ? composer.reserve(least) : least);
    }
  }

  private void empty() {
    drained.run();
    if (frame.isEnding() && queue.isEmpty()) {
      credit.withdraw();
      frame.close();
    }
  }

  @Override
  public @Nullable Lane lane() {
    boolean idle = !closed && !waiting && queue.isEmpty() && !frame.isEnding();
    return idle && composer.isShared() && stream.isHeadersSent() && !credit.isAwaited()
        ? this
        : null;
  }

  @Override
  public Trunk trunk() {
    return composer;
  }

  @Override
  public int stream() {
    return stream.id();
  }

  @Override
  public void take(Tenant who) {
    tenant = who;
    composer.lanesChanged(1);
  }

  @Override
  public int credit(int left, int needed) {
    credit.put(left);
    askFor(needed, true);
    return credit.takeAll();
  }

  @Override
  public void leave(int left) {
    tenant = null;
    composer.lanesChanged(-1);
    credit.put(left);
    if (closed || !credit.isAwaited()) { // who waits for more needs this at once
      credit.giveBack(!closed);
    }
  }

  private void evict() {
    Tenant who = tenant;
    if (who != null) {
      who.mustLeave();
    }
  }

  /** What was set aside under another window is not to be used. */
  void giveBackCredit() {
    evict();
    credit.giveBack(true);
  }

  /** The stream is over, whoever ended it. */
  void streamClosed() {
    closed = true;
    evict();
    credit.giveBack(false);
    queue.clear();
  }

  @Override
  public long pendingBytes() {
    return queue.bytes();
  }

  @Override
  public int pendingMessages() {
    return queue.count();
  }

  @Override
  public long departedBytes() {
    return departed;
  }

  @Override
  public void takeBack(Consumer<Parcel> parcels) {
    queue.takeBack(parcels);
  }

  @Override
  public void whenDrained(Runnable task) {
    drained.add(task);
    if (queue.isEmpty()) {
      drained.run();
    }
  }

  @Override
  public void end(Close close) {
    frame.end(close);
    endWhenDrained();
  }

  @Override
  public void finish() {
    frame.finish();
    endWhenDrained();
  }

  @Override
  public void readOn() {
    frame.readOn();
  }

  private void endWhenDrained() {
    if (queue.isEmpty()) {
      empty();
    } else {
      flush();
    }
  }
}
