package chat.starling.edge;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Connect stream without any client logic: sends what a test hands it, bytes that are no frame
 * included, and queues what comes.
 */
final class RawSession {

  private static final long PATIENCE_SECONDS = 20;

  private static final MethodDescriptor<byte[], ServerFrame> CONNECT =
      SessionServiceGrpc.getConnectMethod().toBuilder(
              new Bytes(), SessionServiceGrpc.getConnectMethod().getResponseMarshaller())
          .build();

  /** How a stream ended. */
  record End(Status status, Metadata trailers) {}

  private final ClientCall<byte[], ServerFrame> call;
  private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();

  private RawSession(Channel channel) {
    call = channel.newCall(CONNECT, CallOptions.DEFAULT);
    call.start(new Receiver(), new Metadata());
    call.request(Integer.MAX_VALUE);
  }

  static RawSession open(Channel channel) {
    return new RawSession(channel);
  }

  /** A session that has said Hello and got Ready. */
  static RawSession ready(Channel channel, String token) {
    RawSession session = open(channel).send(hello(token));
    ServerFrame ready = session.next();
    if (!ready.hasReady()) {
      throw new AssertionError("not ready: " + ready.getFrameCase());
    }
    return session;
  }

  static ClientFrame hello(String token) {
    return ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token)).build();
  }

  RawSession send(ClientFrame frame) {
    return send(frame.toByteArray());
  }

  RawSession send(byte[] frame) {
    call.sendMessage(frame);
    return this;
  }

  void halfClose() {
    call.halfClose();
  }

  void cancel() {
    call.cancel("test", null);
  }

  /** The next frame from the server. */
  ServerFrame next() {
    @Nullable ServerFrame frame = poll();
    if (frame == null) {
      throw new AssertionError("no frame came; stream ended: " + end.getNow(null));
    }
    return frame;
  }

  /** How the stream ends; frames before the end stay readable. */
  End end() {
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream did not end", e);
    }
  }

  private @Nullable ServerFrame poll() {
    try {
      return frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private final class Receiver extends ClientCall.Listener<ServerFrame> {
    @Override
    public void onMessage(ServerFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(new End(status, trailers));
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
