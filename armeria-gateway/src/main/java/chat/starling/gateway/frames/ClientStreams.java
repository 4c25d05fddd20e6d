package chat.starling.gateway.frames;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions' streams, composed ones where that can be.
 *
 * @param writer how bytes leave
 * @param maxPending bytes that may wait in one connection before its streams are held back
 */
public record ClientStreams(Writer writer, int maxPending) {

  /** How bytes leave for clients. */
  public enum Writer {
    /** One buffer of frames a connection and turn; for HTTP/2, and otherwise as PORTABLE. */
    COMPOSED,
    /** Through Armeria's response of each stream. */
    PORTABLE
  }

  /** The stream of one request, which can be answered by a session. */
  public static final class Place {

    private final ServiceRequestContext ctx;
    private final @Nullable FrameComposer composer;
    private final @Nullable Http2Stream stream;

    private Place(
        ServiceRequestContext ctx, @Nullable FrameComposer composer, @Nullable Http2Stream stream) {
      this.ctx = ctx;
      this.composer = composer;
      this.stream = stream;
    }

    /**
     * Begins the answer.
     *
     * @param readOn reads the client's next frame
     */
    public ClientStream open(Runnable readOn) {
      if (composer == null || stream == null) {
        return new PortableConnection(ctx, readOn);
      }
      BareResponse bare = new BareResponse();
      HttpResponse response = HttpResponse.of(bare);
      return new ComposedConnection(
          composer, stream, new ResponseFrame(ctx, readOn, response, bare));
    }
  }

  /**
   * The place of the request that is being served. To be called while Armeria still reads that
   * request's headers, on the connection's event loop: only then it is known which stream it is.
   */
  public Place of(ServiceRequestContext ctx) {
    Channel channel = ctx.log().partial().channel();
    if (writer == Writer.PORTABLE || channel == null || !channel.eventLoop().inEventLoop()) {
      return new Place(ctx, null, null);
    }
    FrameComposer composer = FrameComposer.of(channel, maxPending);
    return new Place(ctx, composer, composer == null ? null : composer.newestStream());
  }
}
