package chat.starling.client;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.client.protocol.Refusals;
import chat.starling.client.protocol.Session;
import chat.starling.client.protocol.Wire;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Connect stream: the session's wire over gRPC. */
final class Link implements Wire {
  /**
   * How many frames gRPC may hand over ahead of the client's thread: what bounds a slow listener.
   */
  private static final int WINDOW = 64;

  private final Transport transport;
  private final Tokens tokens;
  private final Hello greeting;
  private final Consumer<BiConsumer<Session, Long>> onLoop;
  private @Nullable Stream stream;

  /**
   * @param greeting what every Hello says, beside token and resume
   * @param onLoop runs a step of the session on the client's thread, with the time
   */
  Link(
      Transport transport,
      Tokens tokens,
      Hello greeting,
      Consumer<BiConsumer<Session, Long>> onLoop) {
    this.transport = transport;
    this.tokens = tokens;
    this.greeting = greeting;
    this.onLoop = onLoop;
  }

  @Override
  public void open(int ref, Resume resume, boolean newToken) {
    Stream opened = new Stream();
    stream = opened;
    try {
      if (newToken) {
        tokens.rejected();
      }
      Hello.Builder hello = greeting.toBuilder().setToken(tokens.ask()).setResume(resume);
      SessionServiceGrpc.newStub(transport.channel()).connect(opened);
      opened.write(ClientFrame.newBuilder().setRef(ref).setHello(hello).build());
    } catch (Exception e) {
      opened.fail("No token, or no connection: " + e);
    }
  }

  @Override
  public void write(ClientFrame frame) {
    if (stream != null) {
      stream.write(frame);
    }
  }

  @Override
  public void drop() {
    Stream dropped = stream;
    stream = null;
    if (dropped != null) {
      dropped.cancel();
      transport.retire();
    }
  }

  /** One stream; what comes from it after it was dropped is ignored. */
  private final class Stream implements ClientResponseObserver<ClientFrame, ServerFrame> {
    private @Nullable ClientCallStreamObserver<ClientFrame> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientFrame> requestStream) {
      requestStream.disableAutoRequestWithInitial(WINDOW);
      call = requestStream;
    }

    @Override
    public void onNext(ServerFrame frame) {
      act((session, now) -> received(session, frame, now));
    }

    @Override
    public void onError(Throwable failure) {
      act((session, now) -> session.ended(GrpcRefusals.of(failure), now));
    }

    @Override
    public void onCompleted() {
      fail("The server ended the stream.");
    }

    void fail(String why) {
      act((session, now) -> session.ended(Refusals.unavailable(why), now));
    }

    void write(ClientFrame frame) {
      if (call != null) {
        call.onNext(frame);
      }
    }

    void cancel() {
      if (call != null) {
        call.cancel("dropped by the client", null);
      }
    }

    private void received(Session session, ServerFrame frame, long now) {
      session.frame(frame, now);
      if (stream == this && call != null) {
        call.request(1);
      }
    }

    private void act(BiConsumer<Session, Long> step) {
      onLoop.accept((session, now) -> {
        if (stream == this) {
          step.accept(session, now);
        }
      });
    }
  }
}
