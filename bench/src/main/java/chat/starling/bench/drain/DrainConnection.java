package chat.starling.bench.drain;

import chat.starling.api.v1.ServerFrame;
import chat.starling.bench.wire.FrameReader;
import chat.starling.bench.wire.FrameSink;
import chat.starling.bench.wire.FrameWriter;
import chat.starling.bench.wire.Http2;
import chat.starling.bench.wire.Messages;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection's clients. What is known of a stream is a few numbers in arrays. On one event
 * loop.
 */
final class DrainConnection extends ChannelInboundHandlerAdapter implements FrameSink {

  private final LoopCrowd crowd;
  private final CrowdPlan plan;
  private final Tally tally;
  private final int firstNumber;
  private final FrameReader frames = new FrameReader(this, 0);
  private final Messages messages = new Messages(this::message);

  /** Of a stream that looks at nothing: every event is one too many. */
  private static final long NONE_DUE = Long.MAX_VALUE;

  /** By stream: the seq of its next event; 0 until it sees the channel. */
  private final long[] due;

  /** By stream: bytes read for which the server has no credit again yet. */
  private final int[] owed;

  private int connectionOwed;
  private boolean begun;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf answer;

  /**
   * @param firstNumber of its first stream among all of the crowd
   */
  DrainConnection(LoopCrowd crowd, CrowdPlan plan, Tally tally, int firstNumber) {
    this.crowd = crowd;
    this.plan = plan;
    this.tally = tally;
    this.firstNumber = firstNumber;
    due = new long[plan.streams()];
    owed = new int[plan.streams()];
  }

  /** Opens a stream on the connection, which stands. */
  void open(int index) {
    if (!begun) {
      begun = true;
      crowd.bytes().begin(answer());
    }
    crowd.bytes().open(answer(), Http2.streamId(index), firstNumber + index);
    flush();
  }

  /** Says of some streams that they are still there: of every nth, from one of the first n on. */
  void heartbeat(int first, int n) {
    for (int i = first; i < due.length; i += n) {
      if (due[i] > 0) {
        crowd.bytes().heartbeat(answer(), Http2.streamId(i));
      }
    }
    flush();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    frames.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    tally.beginRead();
    frames.read((ByteBuf) read);
    tally.endRead();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    crowd.fault("a connection was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
    crowd.fault("a connection failed: " + fault);
    var _ = ctx.close();
  }

  @Override
  public void data(int stream, ByteBuf in, int from, int length, int counted, boolean end) {
    int index = Http2.index(stream);
    tally.frame(length);
    messages.data(index, in, from, length);
    giveCredit(stream, index, counted);
    if (end) {
      crowd.fault("a stream was ended");
    }
  }

  @Override
  public void headers(int stream, boolean end) {
    if (end) {
      crowd.fault("a stream was ended by the server, with a status");
    }
  }

  @Override
  public void setting(int id, int value) {
    if (id == Http2.SETTING_MAX_STREAMS && value >= 0 && value < plan.streams()) {
      crowd.fault("the server takes only " + value + " streams of a connection");
    }
  }

  @Override
  public void settingsEnd() {
    FrameWriter.settingsAck(answer());
  }

  @Override
  public void ping(long bytes) {
    FrameWriter.pingAck(answer(), bytes);
  }

  /** Clients say so little that no window is ever full. */
  @Override
  public void windowUpdate(int stream, int increment) {}

  @Override
  public void reset(int stream, int code) {
    crowd.fault("a stream was reset, error code " + code);
  }

  @Override
  public void goAway(int code) {
    crowd.fault("the server sent GOAWAY, error code " + code);
  }

  private void message(int index, ByteBuf in, int from, int length) {
    if (due[index] > 0) {
      long next = tally.message(due[index], in, from, length);
      if (next != due[index]) {
        due[index] = next;
        return;
      }
    }
    answerOf(index, in, from, length);
  }

  /** What is no new event: an answer, or the last words. */
  private void answerOf(int index, ByteBuf in, int from, int length) {
    ServerFrame frame = parsed(in, from, length);
    switch (frame.getFrameCase()) {
      case READY -> {
        crowd.heartbeatEvery(Durations.toMillis(frame.getReady().getHeartbeatInterval()));
        if (index < plan.looking()) {
          crowd.bytes().focus(answer(), Http2.streamId(index));
        } else {
          due[index] = NONE_DUE;
          crowd.opened(0);
        }
      }
      case FOCUSED -> {
        due[index] = frame.getFocused().getFromSeq() + 1;
        crowd.opened(frame.getFocused().getFromSeq());
      }
      case CLOSE, REFUSAL -> crowd.fault("the server said: " + frame);
      case HEARTBEAT, EVENT, JOINED, BUMPS -> {
        // An event that was counted as a duplicate, or what a client that does not look is told.
      }
      default -> crowd.fault("the server said what no viewer asked for: " + frame);
    }
  }

  private static ServerFrame parsed(ByteBuf in, int from, int length) {
    try {
      return ServerFrame.parseFrom(in.nioBuffer(from, length));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a ServerFrame", e);
    }
  }

  /** In steps of half a window, so that credit costs next to nothing. */
  private void giveCredit(int stream, int index, int counted) {
    connectionOwed += counted;
    if (connectionOwed >= plan.connectionWindow() / 2) {
      FrameWriter.windowUpdate(answer(), 0, connectionOwed);
      connectionOwed = 0;
    }
    owed[index] += counted;
    if (owed[index] >= plan.streamWindow() / 2) {
      FrameWriter.windowUpdate(answer(), stream, owed[index]);
      owed[index] = 0;
    }
  }

  private ByteBuf answer() {
    ByteBuf open = answer;
    if (open == null) {
      open = context().alloc().buffer();
      answer = open;
    }
    return open;
  }

  private void flush() {
    ByteBuf open = answer;
    if (open != null) {
      answer = null;
      var _ = context().writeAndFlush(open, context().voidPromise());
    }
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }
}
