package chat.starling.gateway.frames;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one event loop that have composed frames in this turn: each is written and
 * flushed once, when all that the turn brings has been composed.
 */
final class FlushTurn implements Runnable {

  private static final FastThreadLocal<FlushTurn> OF_LOOP = new FastThreadLocal<>();

  private final EventLoop loop;
  private final ArrayDeque<ComposedConnection> resumed = new ArrayDeque<>();
  private List<FrameComposer> dirty = new ArrayList<>();
  private List<FrameComposer> flushing = new ArrayList<>();
  private boolean coming;

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
    dirty.add(connection);
    come();
  }

  /** Lets the session go on at the end of the turn, before anything is flushed. */
  void resume(ComposedConnection session) {
    resumed.add(session);
    come();
  }

  @Override
  public void run() {
    coming = false;
    for (int due = resumed.size(); due > 0; due--) {
      resumed.remove().goOn();
    }
    List<FrameComposer> turn = dirty;
    dirty = flushing;
    flushing = turn;
    try {
      for (FrameComposer connection : turn) {
        connection.endTurn();
      }
    } finally {
      turn.clear();
    }
  }

  private void come() {
    if (!coming) {
      coming = true;
      loop.execute(this);
    }
  }
}
