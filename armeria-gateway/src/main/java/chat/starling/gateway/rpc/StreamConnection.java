package chat.starling.gateway.rpc;

import chat.starling.api.v1.Close;
import chat.starling.gateway.runtime.Connection;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A session's stream over an Armeria response. Bytes are pending until Armeria has taken them out
 * of the response, which it does as the client's HTTP/2 window allows.
 */
final class StreamConnection implements Connection {

  /** How long the last words may take to leave before the stream is cut. */
  private static final long LAST_WORDS_SECONDS = 5;

  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final ServiceRequestContext ctx;
  private final Runnable readOn;
  private final Queue<Runnable> whenDrained = new ArrayDeque<>();
  private long written;
  private long consumed;
  private boolean watching;

  StreamConnection(ServiceRequestContext ctx, Runnable readOn) {
    this.ctx = ctx;
    this.readOn = readOn;
    writer.write(Trailers.begin());
  }

  HttpResponseWriter response() {
    return writer;
  }

  @Override
  public void write(byte[] wire) {
    if (writer.tryWrite(HttpData.wrap(wire))) {
      written += wire.length;
      watch();
    }
  }

  @Override
  public long pendingBytes() {
    return written - consumed;
  }

  @Override
  public void whenDrained(Runnable task) {
    whenDrained.add(task);
    watch();
  }

  @Override
  public void end(Close close) {
    endWith(Trailers.refused(close.getRefusal()));
  }

  @Override
  public void finish() {
    endWith(Trailers.ok());
  }

  @Override
  public void readOn() {
    readOn.run();
  }

  private void endWith(HttpHeaders trailers) {
    if (writer.tryWrite(trailers)) {
      writer.close();
    }
    var cut =
        ctx.eventLoop()
            .withoutContext()
            .schedule(() -> writer.abort(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    var _ = writer.whenComplete().whenComplete((done, fault) -> cut.cancel(false));
  }

  /** One watch at a time: it sees everything that was written before it was set. */
  private void watch() {
    if (!watching && writer.isOpen()) {
      watching = true;
      long mark = written;
      var _ = writer.whenConsumed().thenRun(() -> drained(mark));
    }
  }

  private void drained(long mark) {
    watching = false;
    consumed = mark;
    for (int waiting = whenDrained.size(); waiting > 0; waiting--) {
      whenDrained.remove().run();
    }
    if (written > consumed) {
      watch();
    }
  }
}
