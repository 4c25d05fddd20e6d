package chat.starling.channel.owner.heads;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceHeads;
import chat.starling.api.v1.Reason;
import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.heads.HeadBoard;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A workspace that this server owns: its heads, and the gateways that watch them. */
final class WatchedWorkspace {

  private static final int RUN = 2048;

  private final long id;
  private final HeadBoard board;
  private final Set<HeadWatcher> waiting = new LinkedHashSet<>();
  private final Set<HeadWatcher> watching = new LinkedHashSet<>();
  private boolean filled;
  private long usedAt;

  WatchedWorkspace(long id, HeadBoard board, long now) {
    this.id = id;
    this.board = board;
    this.usedAt = now;
  }

  long id() {
    return id;
  }

  HeadBoard board() {
    return board;
  }

  /** The store has been read, or is not needed: who watches gets the snapshot. */
  void filled() {
    filled = true;
    waiting.forEach(this::show);
    watching.addAll(waiting);
    waiting.clear();
  }

  boolean isFilled() {
    return filled;
  }

  /** Takes a watcher in; it gets the snapshot now or as soon as the store has been read. */
  void watch(HeadWatcher watcher, long now) {
    usedAt = now;
    if (filled) {
      show(watcher);
      watching.add(watcher);
    } else {
      waiting.add(watcher);
    }
  }

  void unwatch(HeadWatcher watcher, long now) {
    if (waiting.remove(watcher) || watching.remove(watcher)) {
      usedAt = now;
    }
  }

  void raise(List<ChannelHead> heads, long now) {
    usedAt = now;
    heads.forEach(board::raise);
  }

  /** Tells those who watch what has moved. */
  void flush() {
    if (watching.isEmpty()) {
      board.forgetMoved();
      return;
    }
    for (List<ChannelHead> moved = board.takeMoved(RUN);
        !moved.isEmpty();
        moved = board.takeMoved(RUN)) {
      SubscribeResponse message = message(moved, false);
      watching.forEach(watcher -> watcher.heads(message));
    }
  }

  /** Turns everybody away. */
  void refuseAll(Reason reason) {
    waiting.forEach(watcher -> watcher.refused(reason));
    watching.forEach(watcher -> watcher.refused(reason));
    waiting.clear();
    watching.clear();
  }

  boolean isWatched() {
    return !waiting.isEmpty() || !watching.isEmpty();
  }

  long usedAt() {
    return usedAt;
  }

  private void show(HeadWatcher watcher) {
    List<List<ChannelHead>> runs = board.snapshot(RUN);
    for (int i = 0; i < runs.size(); i++) {
      watcher.heads(message(runs.get(i), i + 1 < runs.size()));
    }
  }

  private SubscribeResponse message(List<ChannelHead> heads, boolean more) {
    WorkspaceHeads.Builder message = WorkspaceHeads.newBuilder().setWorkspaceId(id).setMore(more);
    heads.forEach(
        head -> message.addHeadsBuilder().setChannelId(head.channelId()).setSeq(head.seq()));
    return SubscribeResponse.newBuilder().setHeads(message).build();
  }
}
