package chat.starling.gateway.rpc;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ListenRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.frames.ClientStream;
import chat.starling.gateway.frames.ClientStreams;
import chat.starling.gateway.frames.Trailers;
import chat.starling.gateway.runtime.LiveSession;
import chat.starling.gateway.runtime.SessionParts;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaMessageDeframer;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import com.linecorp.armeria.common.grpc.protocol.DeframedMessage;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The rpc Listen: one request opens a session, whose later frames come by Submit. */
final class ListenService implements HttpService {

  private final SessionParts parts;
  private final ClientStreams streams;
  private final int maxFrameBytes;

  ListenService(SessionParts parts, ClientStreams streams, int maxFrameBytes) {
    this.parts = parts;
    this.streams = streams;
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    ctx.clearRequestTimeout();
    ClientStreams.Place place = streams.of(ctx);
    return HttpResponse.of(
        request
            .decode(new ArmeriaMessageDeframer(maxFrameBytes), ctx.alloc())
            .collect(ctx.eventLoop())
            .thenApply(messages -> listen(ctx, place, messages))
            .exceptionally(this::refused));
  }

  private HttpResponse listen(
      ServiceRequestContext ctx, ClientStreams.Place place, List<DeframedMessage> messages) {
    List<ByteString> requests = messages.stream().map(ListenService::bytes).toList();
    if (requests.size() != 1) {
      throw unreadable("exactly one request").toException();
    }
    ClientFrame hello = hello(requests.getFirst());
    ClientStream connection = place.open(() -> {});
    var loop = ctx.eventLoop().withoutContext();
    LiveSession session = new LiveSession(parts, loop, connection);
    var _ =
        connection
            .response()
            .whenComplete()
            .whenComplete((done, fault) -> loop.execute(session::gone));
    session.start();
    session.take(hello);
    return connection.response();
  }

  private static ClientFrame hello(ByteString bytes) {
    try {
      ListenRequest request = ListenRequest.parseFrom(bytes);
      ClientFrame.Builder frame = ClientFrame.newBuilder().setTraceparent(request.getTraceparent());
      return request.hasHello() ? frame.setHello(request.getHello()).build() : frame.build();
    } catch (InvalidProtocolBufferException e) {
      throw CheckedMarshaller.refusal(ListenRequest.getDescriptor(), bytes).toException();
    }
  }

  private HttpResponse refused(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    Refusal refusal =
        switch (cause) {
          case RefusedException refused -> refused.refusal();
          case ArmeriaStatusException status ->
              Refuse.because(Reason.REASON_TOO_LARGE)
                  .expected("at most " + maxFrameBytes + " bytes, uncompressed")
                  .message("the request cannot be taken")
                  .build();
          default -> unreadable("one request").build();
        };
    return Trailers.only(refusal);
  }

  private static ByteString bytes(DeframedMessage message) {
    try (message) {
      ByteBuf buf = message.buf();
      if (buf != null) {
        return ByteString.copyFrom(buf.nioBuffer());
      }
      try (InputStream stream = message.stream()) {
        return stream == null ? ByteString.EMPTY : ByteString.readFrom(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a message in memory", e);
    }
  }

  private static Refuse unreadable(String expected) {
    return Refuse.because(Reason.REASON_MALFORMED)
        .expected(expected)
        .message("the request cannot be read");
  }
}
