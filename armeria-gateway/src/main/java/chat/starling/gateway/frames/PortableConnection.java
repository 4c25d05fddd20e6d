package chat.starling.gateway.frames;

import chat.starling.api.v1.Close;
import chat.starling.gateway.delivery.Cargo;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Parcel;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session's stream over an Armeria response, whatever the protocol beneath. Bytes are pending
 * until Armeria has taken them out of the response, which it does as the client's window allows; no
 * more than a bounded number is given to it at a time.
 */
final class PortableConnection implements ClientStream {

  private static final int MAX_GIVEN = 64 * 1024;

  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final ResponseFrame frame;
  private final StreamQueue queue = new StreamQueue();
  private final DrainTasks drained = new DrainTasks();
  private long given;
  private long consumed;
  private boolean watching;

  PortableConnection(ServiceRequestContext ctx, Runnable readOn) {
    frame = new ResponseFrame(ctx, readOn, writer, this::endWith);
    writer.write(Trailers.begin());
  }

  private void endWith(HttpHeaders trailers) {
    if (writer.tryWrite(trailers)) {
      writer.close();
    }
  }

  @Override
  public HttpResponse response() {
    return frame.response();
  }

  @Override
  public void write(Cargo cargo) {
    if (writer.isOpen() && !frame.isEnding()) {
      queue.add(cargo);
    }
  }

  @Override
  public void flush() {
    if (!writer.isOpen()) {
      queue.clear();
      return;
    }
    int room = MAX_GIVEN - (int) (given - consumed);
    int length = (int) Math.min(queue.bytes(), room);
    if (length > 0) {
      ByteBuf joined = Unpooled.buffer(length, length);
      queue.moveTo(joined, length);
      if (writer.tryWrite(HttpData.wrap(joined))) {
        given += length;
      }
      watch();
    }
  }

  @Override
  public long pendingBytes() {
    return given - consumed + queue.bytes();
  }

  @Override
  public int pendingMessages() {
    return queue.count();
  }

  @Override
  public long departedBytes() {
    return consumed;
  }

  @Override
  public void takeBack(Consumer<Parcel> parcels) {
    queue.takeBack(parcels);
  }

  @Override
  public @Nullable Lane lane() {
    return null;
  }

  @Override
  public void whenDrained(Runnable task) {
    drained.add(task);
    doneIfDrained();
  }

  @Override
  public void end(Close close) {
    frame.end(close);
    flush();
    doneIfDrained();
  }

  @Override
  public void finish() {
    frame.finish();
    flush();
    doneIfDrained();
  }

  @Override
  public void readOn() {
    frame.readOn();
  }

  /** One watch at a time: it sees everything that was given before it was set. */
  private void watch() {
    if (!watching && writer.isOpen()) {
      watching = true;
      long mark = given;
      var _ = writer.whenConsumed().thenRun(() -> taken(mark));
    }
  }

  private void taken(long mark) {
    watching = false;
    consumed = mark;
    flush();
    if (given > consumed) {
      watch();
    }
    doneIfDrained();
  }

  private void doneIfDrained() {
    if (pendingBytes() == 0) {
      drained.run();
    }
    if (frame.isEnding() && queue.isEmpty()) {
      frame.close();
    }
  }
}
