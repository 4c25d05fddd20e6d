package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Subscriptions;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.routing.Peer;
import chat.starling.gateway.workspace.WorkspaceFeeds;
import chat.starling.gateway.workspace.WorkspaceFollower;
import chat.starling.platform.ids.FeedId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The workspaces whose feeds are followed, on the streams to their owners. */
final class FollowedWorkspaces implements WorkspaceFeeds {

  private final Executor loop;
  private final OwnerWires wires;
  private final Subscriptions subscriptions;
  private final Map<Long, Followed> followed = new HashMap<>();
  private final ConcurrentMap<Long, Applied> toSay = new ConcurrentHashMap<>();

  /**
   * @param loop of all streams, on which everything but {@link WorkspaceFeeds} is called
   */
  FollowedWorkspaces(Executor loop, OwnerWires wires, Delay delay, RandomGenerator dice) {
    this.loop = loop;
    this.wires = wires;
    this.subscriptions = new Subscriptions(this::wire, delay, dice);
  }

  private @Nullable Wire wire(long workspaceId) {
    StreamWire owner = wires.of(FeedId.workspace(workspaceId));
    return owner == null ? null : owner.workspaces();
  }

  @Override
  public void follow(long workspaceId, WorkspaceFollower follower) {
    loop.execute(() -> {
      Followed feed = new Followed(follower);
      followed.put(workspaceId, feed);
      subscriptions.follow(workspaceId, feed);
    });
  }

  @Override
  public void unfollow(long workspaceId) {
    loop.execute(() -> {
      Followed feed = followed.remove(workspaceId);
      if (feed != null) {
        subscriptions.unfollow(workspaceId, feed);
      }
    });
  }

  /** Of events that come one behind the other only the last is spoken of. */
  @Override
  public void applied(long workspaceId, long seq, long askedAt) {
    var _ = toSay.merge(workspaceId, new Applied(seq, askedAt), Applied::later);
    loop.execute(() -> say(workspaceId));
  }

  private void say(long workspaceId) {
    Applied applied = toSay.remove(workspaceId);
    Followed feed = followed.get(workspaceId);
    if (applied != null && feed != null && feed.from != null) {
      feed.from.applied(workspaceId, applied.seq, applied.askedAt);
    }
  }

  /** The server follows a workspace's feed. */
  void added(Peer by, StreamWire from, long workspaceId, long fromSeq) {
    wires.owners().answered(FeedId.workspace(workspaceId), by);
    Followed feed = followed.get(workspaceId);
    if (feed != null) {
      feed.from = from;
    }
    subscriptions.added(from.workspaces(), workspaceId, fromSeq);
  }

  /** The next event of a workspace's feed. */
  void event(StreamWire from, WorkspaceEvent event) {
    long workspaceId = event.getWorkspaceId();
    Followed feed = followed.get(workspaceId);
    if (feed != null && subscriptions.isNews(from.workspaces(), workspaceId, event.getSeq())) {
      feed.follower.event(event);
    }
  }

  /** The server does not own the workspace's feed. */
  void notOwner(Peer by, StreamWire from, long workspaceId) {
    wires.owners().disappointed(FeedId.workspace(workspaceId), by);
    subscriptions.notOwner(from.workspaces(), workspaceId);
  }

  /** The server would not follow the workspace's feed, or does not any more. */
  void refused(StreamWire from, long workspaceId) {
    subscriptions.refused(from.workspaces(), workspaceId);
  }

  /** The server trusts this gateway for so long. */
  void trusted(long workspaceId, long askedAt, long millis) {
    Followed feed = followed.get(workspaceId);
    if (feed != null) {
      feed.follower.trusted(workspaceId, askedAt, millis);
    }
  }

  /** Owners may be others now, or streams to them. */
  void reroute() {
    subscriptions.reroute();
  }

  /** This stream is no more. */
  void down(StreamWire wire) {
    subscriptions.down(wire.workspaces());
  }

  /** What is to be said of a workspace's feed. */
  private record Applied(long seq, long askedAt) {

    Applied later(Applied other) {
      return new Applied(Math.max(seq, other.seq), Math.max(askedAt, other.askedAt));
    }
  }

  /** A workspace's feed that is followed, and where it came from last. */
  private static final class Followed implements Follower {

    private final WorkspaceFollower follower;
    private @Nullable StreamWire from;

    Followed(WorkspaceFollower follower) {
      this.follower = follower;
    }

    @Override
    public void started(long workspaceId, long head) {
      follower.started(workspaceId, head);
    }

    @Override
    public void moved(long workspaceId, long head) {
      follower.started(workspaceId, head);
    }

    @Override
    public void event(Parcel parcel) {
      throw new IllegalStateException("an event of a workspace does not come as a parcel");
    }
  }
}
