package chat.starling.otel.receiver;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Consumer;

/** One unary export: takes the request and answers with the empty response, 'all accepted'. */
final class ExportCall extends ServerCall.Listener<byte[]> {

  private static final byte[] ALL_ACCEPTED = {};

  private final ServerCall<byte[], byte[]> call;
  private final Consumer<byte[]> taker;

  ExportCall(ServerCall<byte[], byte[]> call, Consumer<byte[]> taker) {
    this.call = call;
    this.taker = taker;
    call.request(1);
  }

  @Override
  public void onMessage(byte[] request) {
    try {
      taker.accept(request);
    } catch (RuntimeException e) {
      call.close(Status.INVALID_ARGUMENT.withDescription("no OTLP request: " + e), new Metadata());
      return;
    }
    call.sendHeaders(new Metadata());
    call.sendMessage(ALL_ACCEPTED);
    call.close(Status.OK, new Metadata());
  }
}
