package chat.starling.bench.boot;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Device;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc.SessionServiceStub;
import chat.starling.api.v1.View;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client that comes in as an app does when it is opened: signs in, is told of all the user's
 * channels, and looks at one.
 */
public final class Newcomer implements StreamObserver<ServerFrame>, AutoCloseable {

  /** What gRPC puts before a message. */
  private static final long PREFIX = 5;

  private final CompletableFuture<Newcomer> there = new CompletableFuture<>();
  private final long channelId;
  private @Nullable StreamObserver<ClientFrame> up;
  private volatile long readyBytes;
  private volatile long bytes;
  private boolean joined;
  private boolean focused;
  private boolean leaving;

  private Newcomer(long channelId) {
    this.channelId = channelId;
  }

  /** Comes in; completes once all of that has come. */
  static CompletableFuture<Newcomer> come(
      SessionServiceStub sessions, String token, long channelId) {
    var newcomer = new Newcomer(channelId);
    StreamObserver<ClientFrame> up = sessions.connect(newcomer);
    newcomer.up = up;
    up.onNext(
        ClientFrame.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setToken(token)
                    .setBumps(true)
                    .setPush(true)
                    .setDevice(Device.newBuilder().setDeviceId("boot").setPlatform("benchmark")))
            .build());
    return newcomer.there;
  }

  /** Bytes of Ready, with what gRPC puts before it. */
  public long readyBytes() {
    return readyBytes;
  }

  /** Bytes of all frames until everything had come, Ready's among them. */
  public long bytes() {
    return bytes;
  }

  @Override
  public synchronized void onNext(ServerFrame frame) {
    if (there.isDone()) {
      return;
    }
    long size = PREFIX + frame.getSerializedSize();
    bytes += size;
    switch (frame.getFrameCase()) {
      case READY -> {
        readyBytes = size;
        Objects.requireNonNull(up).onNext(focus());
      }
      case JOINED -> joined = !frame.getJoined().getMore();
      case FOCUSED -> focused = true;
      case CLOSE, REFUSAL ->
          there.completeExceptionally(new IllegalStateException("the server said: " + frame));
      default -> {}
    }
    if (joined && focused) {
      there.complete(this);
    }
  }

  private ClientFrame focus() {
    return ClientFrame.newBuilder()
        .setRef(1)
        .setFocus(Focus.newBuilder().addViews(View.newBuilder().setChannelId(channelId)))
        .build();
  }

  @Override
  public synchronized void onError(Throwable fault) {
    if (!leaving) {
      there.completeExceptionally(fault);
    }
  }

  @Override
  public synchronized void onCompleted() {
    there.completeExceptionally(new IllegalStateException("the stream was ended"));
  }

  /** Goes away. */
  @Override
  public synchronized void close() {
    leaving = true;
    Objects.requireNonNull(up).onCompleted();
  }
}
