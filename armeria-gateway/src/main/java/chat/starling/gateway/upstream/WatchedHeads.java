package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.delivery.HeadFollower;
import chat.starling.gateway.delivery.Subscriptions;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.delivery.WorkspaceWatches;
import chat.starling.gateway.delivery.Workspaces;
import chat.starling.gateway.routing.Peer;
import chat.starling.platform.ids.FeedId;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces whose channels' heads are watched, on the streams to the owners of their feeds.
 */
final class WatchedHeads implements Workspaces {

  private final Executor loop;
  private final OwnerWires wires;
  private final Subscriptions subscriptions;
  private final WorkspaceWatches watches;

  /**
   * @param loop of all streams, on which everything but {@link Workspaces} is called
   */
  WatchedHeads(Executor loop, OwnerWires wires, Delay delay, RandomGenerator dice) {
    this.loop = loop;
    this.wires = wires;
    this.subscriptions = new Subscriptions(this::wire, delay, dice);
    this.watches = new WorkspaceWatches(subscriptions);
  }

  private @Nullable Wire wire(long workspaceId) {
    StreamWire owner = wires.of(FeedId.workspace(workspaceId));
    return owner == null ? null : owner.heads();
  }

  @Override
  public void watch(long workspaceId, HeadFollower follower) {
    loop.execute(() -> watches.watch(workspaceId, follower));
  }

  @Override
  public void unwatch(long workspaceId, HeadFollower follower) {
    loop.execute(() -> watches.unwatch(workspaceId, follower));
  }

  /** Heads of a workspace's channels have come. */
  void heads(Peer by, StreamWire from, HeadsMessage heads) {
    wires.owners().answered(FeedId.workspace(heads.workspaceId()), by);
    watches.heads(
        from.heads(), heads.workspaceId(), heads.channelIds(), heads.seqs(), heads.more());
  }

  /** The server does not own the workspace's feed. */
  void notOwner(Peer by, StreamWire from, long workspaceId) {
    wires.owners().disappointed(FeedId.workspace(workspaceId), by);
    subscriptions.notOwner(from.heads(), workspaceId);
  }

  /** The server would not tell of the workspace. */
  void refused(StreamWire from, long workspaceId) {
    subscriptions.refused(from.heads(), workspaceId);
  }

  /** Owners may be others now, or streams to them. */
  void reroute() {
    subscriptions.reroute();
  }

  /** This stream is no more. */
  void down(StreamWire wire) {
    subscriptions.down(wire.heads());
  }
}
