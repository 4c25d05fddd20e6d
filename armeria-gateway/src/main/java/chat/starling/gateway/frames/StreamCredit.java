package chat.starling.gateway.frames;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Bytes of a stream's and its connection's flow-control windows that are set aside for the stream's
 * DATA frames: composing a frame then asks nobody. What the windows hold is taken out of them; for
 * what they lack Netty's flow controller is asked as if it were to be written, and gives it out in
 * its own order and fairness as they open. What is not used goes back.
 */
final class StreamCredit implements FlowControlled {

  private final Http2RemoteFlowController flow;
  private final CreditBudget budget;
  private final Http2Stream connection;
  private final Http2Stream stream;
  private final Runnable onGrant;
  private int available;
  private int wanted;
  private boolean asking;

  /**
   * @param budget of all streams of the connection
   * @param connection the connection's own stream
   * @param onGrant runs when more has come later than it was asked for
   */
  StreamCredit(
      Http2RemoteFlowController flow,
      CreditBudget budget,
      Http2Stream connection,
      Http2Stream stream,
      Runnable onGrant) {
    this.flow = flow;
    this.budget = budget;
    this.connection = connection;
    this.stream = stream;
    this.onGrant = onGrant;
  }

  /** Bytes that may be sent. */
  int available() {
    return available;
  }

  /** Bytes that were asked for and have not been granted yet. */
  boolean isAwaited() {
    return wanted > 0;
  }

  /**
   * Asks for more; what the windows hold is there at once, the rest as they open.
   *
   * @param least what is needed
   * @param most what may be taken if it is there
   */
  void ask(int least, int most) {
    if (wanted > 0) {
      return;
    }
    try {
      int now = Math.min(flow.windowSize(stream), flow.windowSize(connection));
      if (now >= least) {
        take(Math.min(most, now));
      } else {
        queue(least);
      }
    } catch (Http2Exception e) {
      wanted = 0; // the connection is broken, and Netty ends it
    }
  }

  /** Nobody waits for what the connection's window still holds. */
  private void take(int bytes) throws Http2Exception {
    flow.incrementWindowSize(stream, -bytes);
    flow.incrementWindowSize(connection, -bytes);
    available += bytes;
    budget.granted(bytes);
  }

  private void queue(int bytes) throws Http2Exception {
    wanted = bytes;
    asking = true;
    try {
      flow.addFlowControlled(stream, this);
      flow.writePendingBytes();
    } finally {
      asking = false;
    }
  }

  /** Bytes were sent. */
  void spend(int bytes) {
    available -= bytes;
    budget.used(bytes);
  }

  /** Credit that somebody else had comes back. */
  void put(int bytes) {
    available += bytes;
  }

  /** Somebody else sends by all that there is. */
  int takeAll() {
    int all = available;
    available = 0;
    return all;
  }

  /** Nothing more is asked for: who comes next on the stream must not wait behind it. */
  void withdraw() {
    wanted = 0;
  }

  /** Gives back what is left to the connection, and to the stream if it goes on. */
  void giveBack(boolean streamGoesOn) {
    int left = available;
    available = 0;
    if (left == 0) {
      return;
    }
    budget.used(left);
    try {
      flow.incrementWindowSize(connection, left);
      if (streamGoesOn) {
        flow.incrementWindowSize(stream, left);
      }
    } catch (Http2Exception e) {
      // The window would be larger than HTTP/2 allows: then nobody lacks these bytes.
    }
  }

  @Override
  public int size() {
    return wanted;
  }

  @Override
  public void write(ChannelHandlerContext ctx, int allowed) {
    int granted = Math.min(allowed, wanted);
    wanted -= granted;
    available += granted;
    budget.granted(granted);
    if (granted > 0 && !asking) {
      onGrant.run();
    }
  }

  @Override
  public boolean merge(ChannelHandlerContext ctx, FlowControlled next) {
    return false;
  }

  @Override
  public void error(ChannelHandlerContext ctx, Throwable cause) {
    wanted = 0;
  }

  @Override
  public void writeComplete() {}
}
