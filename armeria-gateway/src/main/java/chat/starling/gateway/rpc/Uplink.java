package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.runtime.LiveSession;
import chat.starling.gateway.session.Closes;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import com.linecorp.armeria.common.grpc.protocol.DeframedMessage;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What a client says on its stream: one frame at a time, and only when the session takes it. */
final class Uplink implements Subscriber<DeframedMessage> {

  private static final int RESOURCE_EXHAUSTED = 8;

  private @Nullable Subscription subscription;
  private @Nullable LiveSession session;
  private int maxFrameBytes;
  private boolean asked;

  void serve(LiveSession server, int maxBytes) {
    session = server;
    maxFrameBytes = maxBytes;
  }

  void readOn() {
    if (subscription != null && !asked) {
      asked = true;
      subscription.request(1);
    }
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    readOn();
  }

  @Override
  public void onNext(DeframedMessage message) {
    asked = false;
    LiveSession taker = session;
    ByteString bytes = bytes(message);
    if (taker != null) {
      taker.take(bytes);
      if (taker.accepting()) {
        readOn();
      }
    }
  }

  @Override
  public void onError(Throwable fault) {
    if (session == null) {
      return;
    }
    if (fault instanceof ArmeriaStatusException status) {
      session.end(
          Closes.protocol(
              status.getCode() == RESOURCE_EXHAUSTED ? tooLarge().build() : unframed().build()));
    } else {
      session.gone();
    }
  }

  @Override
  public void onComplete() {
    if (session != null) {
      session.halfClose();
    }
  }

  private Refuse tooLarge() {
    return Refuse.because(Reason.REASON_TOO_LARGE)
        .field("frame")
        .expected("at most " + maxFrameBytes + " bytes")
        .message("the frame is larger than " + maxFrameBytes + " bytes");
  }

  private static Refuse unframed() {
    return Refuse.because(Reason.REASON_MALFORMED)
        .expected("gRPC messages without compression")
        .message("the stream cannot be read");
  }

  static ByteString bytes(DeframedMessage message) {
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
}
