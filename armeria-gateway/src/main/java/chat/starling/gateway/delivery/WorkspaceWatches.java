package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workspaces that this gateway watches, each once for all event loops. Whom to ask for one, and
 * what to do when he is gone or has moved on, is what {@link Subscriptions} know; a new owner's
 * snapshot brings whatever was missed in between. Confined to one event loop.
 */
public final class WorkspaceWatches implements Workspaces {

  private static final Follower NOBODY =
      new Follower() {
        @Override
        public void started(long workspaceId, long head) {}

        @Override
        public void event(Parcel parcel) {}

        @Override
        public void moved(long workspaceId, long head) {}
      };

  private final Map<Long, Watched> workspaces = new HashMap<>();
  private final Subscriptions subscriptions;

  /**
   * @param subscriptions of workspaces, by their ids
   */
  public WorkspaceWatches(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public void watch(long workspaceId, HeadFollower follower) {
    Watched workspace = workspaces.get(workspaceId);
    if (workspace == null) {
      workspace = new Watched();
      workspaces.put(workspaceId, workspace);
      subscriptions.follow(workspaceId, NOBODY);
    }
    workspace.followers.add(follower);
    if (workspace.known) {
      follower.known(workspaceId, workspace.heads);
    }
  }

  @Override
  public void unwatch(long workspaceId, HeadFollower follower) {
    Watched workspace = workspaces.get(workspaceId);
    if (workspace != null
        && workspace.followers.remove(follower)
        && workspace.followers.isEmpty()) {
      workspaces.remove(workspaceId);
      subscriptions.unfollow(workspaceId, NOBODY);
    }
  }

  /**
   * Heads have come. Whoever sent them, and however late: heads only rise.
   *
   * @param seqs one for each channel
   * @param more the snapshot goes on
   */
  public void heads(
      Subscriptions.Wire from, long workspaceId, long[] channelIds, long[] seqs, boolean more) {
    Watched workspace = workspaces.get(workspaceId);
    if (workspace == null) {
      return;
    }
    long[] moved = workspace.raise(channelIds, seqs);
    if (workspace.known) {
      workspace.moved(workspaceId, moved);
    }
    if (!more) {
      subscriptions.added(from, workspaceId, 0);
      workspace.complete(workspaceId);
    }
  }

  /** Workspaces that are watched now. */
  public int size() {
    return workspaces.size();
  }

  /** One workspace. */
  private static final class Watched {

    private final WorkspaceHeads heads = new WorkspaceHeads();
    private final List<HeadFollower> followers = new ArrayList<>(2);
    private boolean known;

    long[] raise(long[] channelIds, long[] seqs) {
      long[] moved = new long[channelIds.length];
      int count = 0;
      for (int i = 0; i < channelIds.length; i++) {
        if (heads.raise(channelIds[i], seqs[i])) {
          moved[count++] = channelIds[i];
        }
      }
      return Arrays.copyOf(moved, count);
    }

    void moved(long workspaceId, long[] channelIds) {
      if (channelIds.length > 0) {
        followers.forEach(follower -> follower.moved(workspaceId, channelIds));
      }
    }

    void complete(long workspaceId) {
      if (!known) {
        known = true;
        followers.forEach(follower -> follower.known(workspaceId, heads));
      }
    }
  }
}
