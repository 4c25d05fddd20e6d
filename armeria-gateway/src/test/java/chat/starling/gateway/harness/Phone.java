package chat.starling.gateway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ListenRequest;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.View;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of Connect or Listen that keeps every frame it gets and can send any bytes. */
public final class Phone implements StreamObserver<ServerFrame> {

  private static final long PATIENCE = 10;

  private static final MethodDescriptor<byte[], ServerFrame> CONNECT =
      SessionServiceGrpc.getConnectMethod().toBuilder(
              new Bytes(), ProtoUtils.marshaller(ServerFrame.getDefaultInstance()))
          .build();

  private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Throwable> end = new CompletableFuture<>();

  @SuppressWarnings("NullAway.Init") // a Listen stream has none and says nothing
  private ClientCall<byte[], ServerFrame> call;

  @SuppressWarnings("NullAway.Init")
  private StreamObserver<byte[]> out;

  private int refs;

  private Phone() {}

  /** Opens a Connect stream and says nothing on it. */
  public static Phone dial(ManagedChannel channel) {
    Phone phone = new Phone();
    phone.call = channel.newCall(CONNECT, CallOptions.DEFAULT);
    phone.out = ClientCalls.asyncBidiStreamingCall(phone.call, phone);
    return phone;
  }

  /** Opens a Connect stream and says Hello. */
  public static Phone connect(ManagedChannel channel, String token) {
    Phone phone = dial(channel);
    phone.say(ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token)));
    return phone;
  }

  /** Opens a Connect stream that asks for bumps. */
  public static Phone withBumps(ManagedChannel channel, String token) {
    Phone phone = dial(channel);
    phone.say(ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token).setBumps(true)));
    return phone;
  }

  /** Opens a Connect stream that asks for bumps and for what is said in small channels. */
  public static Phone withPush(ManagedChannel channel, String token) {
    return hello(channel, pushed(token));
  }

  /** Opens a Connect stream that goes on with an earlier session. */
  public static Phone resume(
      ManagedChannel channel, String token, String session, long received, Cursor... cursors) {
    return hello(
        channel, Hello.newBuilder().setToken(token).setResume(earlier(session, received, cursors)));
  }

  /** The same, of a session that asks for what is said in small channels. */
  public static Phone resumeWithPush(
      ManagedChannel channel, String token, String session, long received) {
    return hello(channel, pushed(token).setResume(earlier(session, received)));
  }

  private static Hello.Builder pushed(String token) {
    return Hello.newBuilder().setToken(token).setBumps(true).setPush(true);
  }

  private static Resume.Builder earlier(String session, long received, Cursor... cursors) {
    return Resume.newBuilder()
        .setSessionToken(session)
        .setEventsReceived(received)
        .addAllCursors(List.of(cursors));
  }

  private static Phone hello(ManagedChannel channel, Hello.Builder hello) {
    Phone phone = dial(channel);
    phone.say(ClientFrame.newBuilder().setHello(hello));
    return phone;
  }

  /** Opens a Listen stream. */
  public static Phone listen(ManagedChannel channel, String token) {
    Phone phone = new Phone();
    SessionServiceGrpc.newStub(channel)
        .listen(
            ListenRequest.newBuilder().setHello(Hello.newBuilder().setToken(token)).build(), phone);
    return phone;
  }

  /** Sends a frame under the next ref, which is returned. */
  public int say(ClientFrame.Builder frame) {
    int ref = ++refs;
    sayRaw(frame.setRef(ref).build().toByteArray());
    return ref;
  }

  public void sayRaw(byte[] bytes) {
    out.onNext(bytes);
  }

  public int focus(View.Builder... views) {
    Focus.Builder focus = Focus.newBuilder();
    for (View.Builder view : views) {
      focus.addViews(view);
    }
    return say(ClientFrame.newBuilder().setFocus(focus));
  }

  public static View.Builder live(long channel) {
    return View.newBuilder().setChannelId(channel);
  }

  public static View.Builder after(long channel, long seq) {
    return live(channel).setAfterSeq(seq);
  }

  public int send(long channel, String text) {
    return say(ClientFrame.newBuilder().setSend(message(channel, text)));
  }

  public static Send.Builder message(long channel, String text) {
    return Send.newBuilder().setChannelId(channel).setText(text).setNonce(nonce());
  }

  public static ByteString nonce() {
    UUID uuid = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(bytes);
  }

  public int heartbeat() {
    return say(ClientFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  public void halfClose() {
    out.onCompleted();
  }

  /** Drops the stream without a word. */
  public void vanish() {
    call.cancel("vanished", null);
  }

  /** The next frame that came. */
  public ServerFrame next() {
    try {
      ServerFrame frame = frames.poll(PATIENCE, TimeUnit.SECONDS);
      assertThat(frame).as("a frame within %s s", PATIENCE).isNotNull();
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Ready ready() {
    ServerFrame frame = next();
    assertThat(frame.hasReady()).as("%s", frame).isTrue();
    return frame.getReady();
  }

  /**
   * All that the user has joined, over as many frames as it takes: the last seq of each channel.
   */
  public Map<Long, Long> joined() {
    Map<Long, Long> channels = new TreeMap<>();
    boolean more;
    do {
      ServerFrame frame = next();
      assertThat(frame.hasJoined()).as("%s", frame).isTrue();
      assertThat(frame.getJoined().getChannelsCount()).isLessThanOrEqualTo(500);
      frame
          .getJoined()
          .getChannelsList()
          .forEach(c -> channels.put(c.getChannelId(), c.getLastSeq()));
      more = frame.getJoined().getMore();
    } while (more);
    return channels;
  }

  /** The bumps of the next frame: the last seq of each channel. */
  public Map<Long, Long> bumps() {
    ServerFrame frame = next();
    assertThat(frame.hasBumps()).as("%s", frame).isTrue();
    Map<Long, Long> channels = new TreeMap<>();
    frame.getBumps().getBumpsList().forEach(b -> channels.put(b.getChannelId(), b.getLastSeq()));
    return channels;
  }

  public Refusal refusal(int ref) {
    ServerFrame frame = next();
    assertThat(frame.hasRefusal()).as("%s", frame).isTrue();
    assertThat(frame.getRef()).isEqualTo(ref);
    return frame.getRefusal();
  }

  public Close close() {
    ServerFrame frame = next();
    assertThat(frame.hasClose()).as("%s", frame).isTrue();
    return frame.getClose();
  }

  /** Asserts that the next frames, in order, are these events. */
  public void expectEvents(long channel, long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      ServerFrame frame = next();
      assertThat(frame.hasEvent()).as("%s", frame).isTrue();
      assertThat(frame.getEvent().getChannelId()).isEqualTo(channel);
      assertThat(frame.getEvent().getSeq()).isEqualTo(seq);
    }
  }

  /** The stream goes on: a heartbeat is answered, and nothing else came before. */
  public void expectAlive() {
    int ref = heartbeat();
    ServerFrame frame = next();
    assertThat(frame.hasHeartbeat()).as("%s", frame).isTrue();
    assertThat(frame.getRef()).isEqualTo(ref);
  }

  /** How the stream ended. */
  public Throwable end() {
    try {
      return end.get(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the stream goes on", e);
    }
  }

  public Status.Code endCode() {
    return Status.fromThrowable(end()).getCode();
  }

  public int waiting() {
    return frames.size();
  }

  @Override
  public void onNext(ServerFrame frame) {
    frames.add(frame);
  }

  @Override
  public void onError(Throwable fault) {
    end.complete(fault);
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK.asRuntimeException(new Metadata()));
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
