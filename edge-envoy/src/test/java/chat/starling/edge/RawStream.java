package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.View;
import chat.starling.platform.wire.Http2Call;
import chat.starling.platform.wire.Http2Peer;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session's stream seen as bytes, which looks at channels from their beginning. */
public final class RawStream {

  private static final String PATH =
      "/" + SessionServiceGrpc.getConnectMethod().getFullMethodName();
  private static final int PREFIX = 5;
  private static final long BEAT_NANOS = 500_000_000;

  private final Http2Peer peer;
  private final Http2Call call;
  private boolean lost;
  private long beatAt;

  private RawStream(Http2Peer peer) {
    this.peer = peer;
    this.call = peer.open(PATH);
  }

  /** Opens a stream, says Hello and looks at the channels. */
  public static RawStream open(Http2Peer peer, String token, long... channels) {
    RawStream stream = new RawStream(peer);
    stream.call.say(RawSession.hello(token).toByteArray());
    Focus.Builder focus = Focus.newBuilder();
    for (long channel : channels) {
      focus.addViews(View.newBuilder().setChannelId(channel).setAfterSeq(0));
    }
    stream.call.say(ClientFrame.newBuilder().setFocus(focus).build().toByteArray());
    return stream;
  }

  Http2Peer peer() {
    return peer;
  }

  /** Its bytes and windows. */
  public Http2Call call() {
    return call;
  }

  boolean isAlive() {
    return !lost;
  }

  /** Its connection is closed. */
  void lost() {
    lost = true;
  }

  void reset() {
    call.reset();
    lost = true;
  }

  /** Says that it is still there, when that is due. */
  public void beat() {
    if (!lost && System.nanoTime() - beatAt > 0) {
      beatAt = System.nanoTime() + BEAT_NANOS;
      call.say(
          ClientFrame.newBuilder()
              .setHeartbeat(Heartbeat.getDefaultInstance())
              .build()
              .toByteArray());
    }
  }

  /** The last seq that it has, as an event or told of by marks. */
  long reach() {
    long reach = 0;
    for (ServerFrame frame : frames()) {
      reach = frame.hasEvent() ? frame.getEvent().getSeq() : Math.max(reach, marked(frame));
    }
    return reach;
  }

  /**
   * Every event follows the one before or a mark, and is the same as everybody's.
   *
   * @param known events by their seq, to which this one's are added
   */
  void check(Map<Long, ByteString> known) {
    long reach = -1;
    for (ServerFrame frame : frames()) {
      if (frame.hasFocused()) {
        reach = frame.getFocused().getFromSeq();
      } else if (frame.hasEvent()) {
        Event event = frame.getEvent();
        assertThat(event.getSeq()).isEqualTo(reach + 1);
        reach = event.getSeq();
        ByteString bytes = event.toByteString();
        assertThat(known.merge(reach, bytes, (one, other) -> one)).isEqualTo(bytes);
      } else {
        assertThat(frame.getFrameCase())
            .isIn(
                ServerFrame.FrameCase.READY,
                ServerFrame.FrameCase.HEARTBEAT,
                ServerFrame.FrameCase.MARKS);
        reach = Math.max(reach, marked(frame));
      }
    }
  }

  private static long marked(ServerFrame frame) {
    return frame.getMarks().getMarksList().stream().mapToLong(Bump::getLastSeq).max().orElse(-1);
  }

  /** All frames that have come whole. */
  public List<ServerFrame> frames() {
    List<ServerFrame> frames = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(call.received());
    while (bytes.remaining() >= PREFIX) {
      int length = bytes.getInt(bytes.position() + 1);
      if (bytes.remaining() < PREFIX + length) {
        break;
      }
      assertThat(bytes.get()).as("not compressed").isZero();
      bytes.getInt();
      try {
        frames.add(ServerFrame.parseFrom(bytes.slice(bytes.position(), length)));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
      bytes.position(bytes.position() + length);
    }
    return frames;
  }
}
