package chat.starling.edge;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ListenRequest;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SubmitRequest;
import chat.starling.api.v1.View;
import com.google.protobuf.Duration;
import io.grpc.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What one device is told, in order: a phone's stream, or a browser's two. */
abstract class Screen implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final List<ServerFrame> seen = new ArrayList<>();

  abstract void send(ClientFrame frame) throws IOException, InterruptedException;

  abstract ServerFrame next() throws InterruptedException;

  @Override
  public abstract void close();

  /** A device with one bidirectional stream. */
  static Screen phone(Channel channel, String token) {
    RawSession session =
        RawSession.open(channel).send(ClientFrame.newBuilder().setHello(hello(token)).build());
    return new Screen() {
      @Override
      void send(ClientFrame frame) {
        session.send(frame);
      }

      @Override
      ServerFrame next() {
        return session.next();
      }

      @Override
      public void close() {
        session.cancel();
      }
    };
  }

  /** A device that listens by gRPC-Web and submits what it has to say. */
  static Screen browser(GrpcWeb web, String token) throws IOException, InterruptedException {
    GrpcWeb.Body stream =
        web.call(
            "starling.v1.SessionService/Listen",
            ListenRequest.newBuilder().setHello(hello(token)).build().toByteArray());
    return new Browser(web, stream);
  }

  private static Hello hello(String token) {
    return Hello.newBuilder()
        .setToken(token)
        .setBumps(true)
        .setHeartbeatInterval(Duration.newBuilder().setSeconds(60))
        .build();
  }

  /** Reads on until there is a frame like this. */
  ServerFrame await(Predicate<ServerFrame> wanted) throws InterruptedException {
    while (true) {
      ServerFrame frame = next();
      seen.add(frame);
      if (wanted.test(frame)) {
        return frame;
      }
    }
  }

  void focus(long channelId) throws IOException, InterruptedException {
    View view = View.newBuilder().setChannelId(channelId).setAfterSeq(0).build();
    send(ClientFrame.newBuilder().setFocus(Focus.newBuilder().addViews(view)).build());
    await(frame -> frame.hasFocused() && frame.getFocused().getChannelId() == channelId);
  }

  void awaitText(String text) throws InterruptedException {
    await(frame -> isText(frame, text));
  }

  void awaitBump(long channelId) throws InterruptedException {
    await(frame ->
        frame.getBumps().getBumpsList().stream()
            .anyMatch(bump -> bump.getChannelId() == channelId));
  }

  void awaitRemoved(long channelId) throws InterruptedException {
    await(frame -> frame.hasRemoved() && frame.getRemoved().getChannelId() == channelId);
  }

  /** All that was sent before the answer to what is asked now. */
  List<ServerFrame> all() throws IOException, InterruptedException {
    send(ClientFrame.newBuilder().setRef(99).setHeartbeat(Heartbeat.getDefaultInstance()).build());
    await(frame -> frame.getRef() == 99);
    return List.copyOf(seen);
  }

  static boolean isText(ServerFrame frame, String text) {
    Event event = frame.getEvent();
    return event.getMessagePosted().getText().equals(text);
  }

  /** Its stream is read by a thread of its own, for a read cannot be given up. */
  private static final class Browser extends Screen {
    private final GrpcWeb web;
    private final GrpcWeb.Body stream;
    private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
    private final String session;

    Browser(GrpcWeb web, GrpcWeb.Body stream) throws InterruptedException {
      this.web = web;
      this.stream = stream;
      Thread.startVirtualThread(this::read);
      session = await(ServerFrame::hasReady).getReady().getSessionToken();
    }

    private void read() {
      try {
        while (true) {
          frames.add(ServerFrame.parseFrom(stream.message()));
        }
      } catch (EOFException end) {
        frames.clear();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void send(ClientFrame frame) throws IOException, InterruptedException {
      SubmitRequest request =
          SubmitRequest.newBuilder().setSessionToken(session).addFrames(frame).build();
      try (GrpcWeb.Body answer =
          web.call("starling.v1.SessionService/Submit", request.toByteArray())) {
        var _ = answer.message();
      }
    }

    @Override
    ServerFrame next() throws InterruptedException {
      ServerFrame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame came");
      }
      return frame;
    }

    @Override
    public void close() {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
