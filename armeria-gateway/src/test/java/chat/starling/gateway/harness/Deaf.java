package chat.starling.gateway.harness;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client that looks at Ready and at the answer to its Focus, and then reads nothing for a while.
 */
public final class Deaf extends ClientCall.Listener<ServerFrame> {

  private final ClientCall<ClientFrame, ServerFrame> call;
  private final CompletableFuture<Close> close = new CompletableFuture<>();
  private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
  private volatile boolean focused;
  private volatile boolean reading;

  private Deaf(ClientCall<ClientFrame, ServerFrame> call) {
    this.call = call;
  }

  public static Deaf connect(ManagedChannel channel, String token, long view) {
    ClientCall<ClientFrame, ServerFrame> call =
        channel.newCall(SessionServiceGrpc.getConnectMethod(), CallOptions.DEFAULT);
    Deaf deaf = new Deaf(call);
    call.start(deaf, new Metadata());
    call.request(2);
    call.sendMessage(ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token)).build());
    call.sendMessage(
        ClientFrame.newBuilder().setFocus(Focus.newBuilder().addViews(Phone.live(view))).build());
    return deaf;
  }

  public boolean isFocused() {
    return focused;
  }

  /** From now on it reads all that waits and comes. */
  public BlockingQueue<ServerFrame> read() {
    reading = true;
    call.request(1);
    return frames;
  }

  /** Reads all that waits and returns the last word. */
  public Close readToTheEnd() {
    read();
    try {
      return close.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("no Close", e);
    }
  }

  @Override
  public void onMessage(ServerFrame frame) {
    focused |= frame.hasFocused();
    if (frame.hasClose()) {
      close.complete(frame.getClose());
    }
    if (reading) {
      frames.add(frame);
      call.request(1);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    close.completeExceptionally(status.asRuntimeException(trailers));
  }
}
