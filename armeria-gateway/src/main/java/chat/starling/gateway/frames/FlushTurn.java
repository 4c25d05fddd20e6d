package chat.starling.gateway.frames;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one event loop that have composed frames in this turn: each is written and
 * flushed once, when all that the turn brings has been composed.
 */
final class FlushTurn implements Runnable {

  private static final FastThreadLocal<FlushTurn> OF_LOOP = new FastThreadLocal<>();

  private final EventLoop loop;
  private List<FrameComposer> dirty = new ArrayList<>();
  private List<FrameComposer> flushing = new ArrayList<>();

  private FlushTurn(EventLoop loop) {
    this.loop = loop;
  }

  /** The turn of this loop, whose only thread is the one that calls. */
  static FlushTurn of(EventLoop loop) {
    FlushTurn turn = OF_LOOP.get();
    if (turn == null) {
      turn = new FlushTurn(loop);
      OF_LOOP.set(turn);
    }
    return turn;
  }

  /** Flushes the connection at the end of the turn. */
  void add(FrameComposer connection) {
    if (dirty.isEmpty()) {
      loop.execute(this);
    }
    dirty.add(connection);
  }

  @Override
  public void run() {
    List<FrameComposer> turn = dirty;
    dirty = flushing;
    flushing = turn;
    for (FrameComposer connection : turn) {
      connection.endTurn();
    }
    turn.clear();
  }
}
