package chat.starling.gateway.frames;

import chat.starling.api.v1.Close;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What stands around a stream's data: its headers, and the trailers that end it. */
final class ResponseFrame {

  /** How the stream is ended. */
  interface End {
    /** Sends these, behind which comes nothing. */
    void with(HttpHeaders trailers);
  }

  /** How long the last words may take to leave before the stream is cut. */
  private static final long LAST_WORDS_SECONDS = 5;

  private final HttpResponse response;
  private final End end;
  private final ServiceRequestContext ctx;
  private final Runnable readOn;
  private @Nullable HttpHeaders trailers;

  /**
   * Stands around the response of this request, whose headers it begins with.
   *
   * @param readOn reads the client's next frame
   */
  ResponseFrame(ServiceRequestContext ctx, Runnable readOn, HttpResponse response, End end) {
    this.ctx = ctx;
    this.readOn = readOn;
    this.response = response;
    this.end = end;
  }

  HttpResponse response() {
    return response;
  }

  void readOn() {
    readOn.run();
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
    if (last != null) {
      end.with(last);
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
            .schedule(() -> response.abort(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    var _ = response.whenComplete().whenComplete((done, fault) -> cut.cancel(false));
  }
}
