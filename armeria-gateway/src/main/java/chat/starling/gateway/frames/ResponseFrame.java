package chat.starling.gateway.frames;

import chat.starling.api.v1.Close;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What stands around a stream's data: its headers, and the trailers that end it. */
final class ResponseFrame {

  /** How long the last words may take to leave before the stream is cut. */
  private static final long LAST_WORDS_SECONDS = 5;

  private final HttpResponseWriter writer = HttpResponse.streaming();
  private final ServiceRequestContext ctx;
  private final Runnable readOn;
  private @Nullable HttpHeaders trailers;

  /** Begins the response of this request. */
  ResponseFrame(ServiceRequestContext ctx, Runnable readOn) {
    this.ctx = ctx;
    this.readOn = readOn;
    writer.write(Trailers.begin());
  }

  HttpResponse response() {
    return writer;
  }

  void readOn() {
    readOn.run();
  }

  boolean isOpen() {
    return writer.isOpen();
  }

  /** Hands data to Armeria; false when the stream is over. */
  boolean write(HttpData data) {
    return writer.tryWrite(data);
  }

  /** Runs the task once Armeria has taken all that was written. */
  void whenConsumed(Runnable task) {
    var _ = writer.whenConsumed().thenRun(task);
  }

  /** The stream is going to end with the status of the close's refusal. */
  void end(Close close) {
    endWith(Trailers.refused(close.getRefusal()));
  }

  /** The stream is going to end with OK. */
  void finish() {
    endWith(Trailers.ok());
  }

  /** Nothing more is to be written but the trailers. */
  boolean isEnding() {
    return trailers != null;
  }

  /** Everything has left: ends the stream. */
  void close() {
    HttpHeaders last = trailers;
    if (last != null && writer.tryWrite(last)) {
      writer.close();
    }
  }

  private void endWith(HttpHeaders last) {
    if (trailers != null) {
      return;
    }
    trailers = last;
    var cut =
        ctx.eventLoop()
            .withoutContext()
            .schedule(() -> writer.abort(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    var _ = writer.whenComplete().whenComplete((done, fault) -> cut.cancel(false));
  }
}
