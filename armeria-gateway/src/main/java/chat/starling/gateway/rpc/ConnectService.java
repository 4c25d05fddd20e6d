package chat.starling.gateway.rpc;

import chat.starling.gateway.frames.ClientStream;
import chat.starling.gateway.frames.ClientStreams;
import chat.starling.gateway.runtime.LiveSession;
import chat.starling.gateway.runtime.SessionParts;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * The rpc Connect. Not a generated stub: a frame that cannot be read must not end the stream, and
 * what goes to viewers is bytes that nobody serialises again.
 */
final class ConnectService implements HttpService {

  private final SessionParts parts;
  private final ClientStreams streams;
  private final int maxFrameBytes;

  ConnectService(SessionParts parts, ClientStreams streams, int maxFrameBytes) {
    this.parts = parts;
    this.streams = streams;
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    ctx.clearRequestTimeout();
    Uplink uplink = new Uplink(maxFrameBytes);
    ClientStream connection = streams.of(ctx).open(uplink::readOn);
    var loop = ctx.eventLoop().withoutContext();
    LiveSession session = new LiveSession(parts, loop, connection);
    uplink.serve(session);
    var _ =
        connection
            .response()
            .whenComplete()
            .whenComplete((done, fault) -> loop.execute(session::gone));
    session.start();
    request.subscribe(uplink, ctx.eventLoop());
    return connection.response();
  }
}
