package chat.starling.bench.drain;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Device;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.View;
import chat.starling.bench.wire.FrameWriter;
import chat.starling.bench.wire.HeaderBlock;
import chat.starling.bench.wire.Http2;
import chat.starling.bench.wire.Messages;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** What clients say, made once for all of them. */
final class ClientBytes {

  private final CrowdPlan plan;
  private final byte[] headers;
  private final List<byte[]> hellos;
  private final byte[] focus;
  private final byte[] heartbeat;

  ClientBytes(CrowdPlan plan) {
    this.plan = plan;
    headers =
        HeaderBlock.request(
            plan.authorityFile() != null,
            plan.host() + ":" + plan.port(),
            "/" + SessionServiceGrpc.getConnectMethod().getFullMethodName());
    hellos = plan.tokens().stream().map(this::hello).map(ClientBytes::wire).toList();
    focus =
        wire(
            ClientFrame.newBuilder()
                .setFocus(
                    Focus.newBuilder().addViews(View.newBuilder().setChannelId(plan.channelId()))));
    heartbeat = wire(ClientFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  /** Begins a connection. */
  void begin(ByteBuf out) {
    out.writeBytes(Http2.preface());
    FrameWriter.settings(
        out, Http2.SETTING_ENABLE_PUSH, 0, Http2.SETTING_INITIAL_WINDOW, plan.streamWindow());
    int more = plan.connectionWindow() - Http2.DEFAULT_WINDOW;
    if (more > 0) {
      FrameWriter.windowUpdate(out, 0, more);
    }
  }

  /**
   * Opens a stream and signs in.
   *
   * @param number of the stream among all of the crowd
   */
  void open(ByteBuf out, int stream, int number) {
    FrameWriter.headers(out, stream, headers);
    FrameWriter.data(out, stream, hellos.get(number % hellos.size()));
  }

  /** Looks at the channel. */
  void focus(ByteBuf out, int stream) {
    FrameWriter.data(out, stream, focus);
  }

  /** Is still there. */
  void heartbeat(ByteBuf out, int stream) {
    FrameWriter.data(out, stream, heartbeat);
  }

  /** Where some do not look, all are told what moves: a client that shows unread channels. */
  private ClientFrame.Builder hello(String token) {
    return ClientFrame.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setToken(token)
                .setBumps(plan.looking() < plan.streams())
                .setDevice(Device.newBuilder().setDeviceId("drain").setPlatform("benchmark")));
  }

  private static byte[] wire(ClientFrame.Builder frame) {
    return Messages.prefixed(frame.build().toByteArray());
  }
}
