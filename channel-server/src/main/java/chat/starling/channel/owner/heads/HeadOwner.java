package chat.starling.channel.owner.heads;

import chat.starling.api.v1.Reason;
import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.heads.HeadBoard;
import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.owner.Loop;
import chat.starling.channel.owner.OwnerHints;
import chat.starling.channel.owner.ShardKeeper;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.time.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The heads of all workspaces whose feeds this server owns, all on one loop. A workspace is in
 * memory from its first report or watcher on, until nobody has watched or reported for a while; the
 * store is read when the first watcher comes.
 */
public final class HeadOwner implements ShardKeeper, HeadSource {

  private static final Duration FILL_AGAIN = Duration.ofSeconds(1);
  private static final int FILLS_AT_A_TIME = 4;

  private final Map<Long, WatchedWorkspace> workspaces = new HashMap<>();

  /** The shards that this server has, each with its workspaces in memory. */
  private final Map<Shard, Set<Long>> shards = new HashMap<>();

  private final Queue<WatchedWorkspace> toFill = new ArrayDeque<>();
  private final StoredHeads store;
  private final OwnerHints owners;
  private final HeadBounds bounds;
  private final Loop loop;
  private final MonotonicClock clock;
  private int filling;

  /** No workspaces yet; {@link #start} begins to tell gateways. */
  public HeadOwner(
      StoredHeads store, OwnerHints owners, HeadBounds bounds, Loop loop, MonotonicClock clock) {
    this.store = store;
    this.owners = owners;
    this.bounds = bounds;
    this.loop = loop;
    this.clock = clock;
  }

  /** Begins to tell gateways what has moved, and to forget what nobody needs. */
  public void start() {
    loop.schedule(
        () -> {
          tick();
          start();
        },
        bounds.batchInterval());
  }

  /** Takes heads in; fails with NOT_OWNER. */
  public CompletionStage<Void> report(long workspaceId, List<ChannelHead> heads) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> {
      if (owns(workspaceId)) {
        WatchedWorkspace workspace = workspace(workspaceId);
        if (workspace != null) {
          workspace.raise(heads, clock.nanos());
        }
        done.complete(null);
      } else {
        done.completeExceptionally(
            new RefusedException(owners.notOwner(FeedId.workspace(workspaceId))));
      }
    });
    return done;
  }

  @Override
  public void watch(long workspaceId, HeadWatcher watcher) {
    loop.execute(() -> {
      if (!owns(workspaceId)) {
        watcher.refused(owners.notOwner(FeedId.workspace(workspaceId)).getReason());
        return;
      }
      WatchedWorkspace workspace = workspace(workspaceId);
      if (workspace == null) {
        watcher.refused(Reason.REASON_OVERLOADED);
        return;
      }
      boolean first = !workspace.isFilled() && !workspace.isWatched();
      workspace.watch(watcher, clock.nanos());
      if (first) {
        toFill.add(workspace);
        fillNext();
      }
    });
  }

  @Override
  public void unwatch(long workspaceId, HeadWatcher watcher) {
    loop.execute(() -> {
      WatchedWorkspace workspace = workspaces.get(workspaceId);
      if (workspace != null) {
        workspace.unwatch(watcher, clock.nanos());
      }
    });
  }

  @Override
  public void opened(Shard shard, long epoch) {
    loop.execute(() -> {
      lose(shard);
      shards.put(shard, new HashSet<>());
    });
  }

  @Override
  public void finish(Shard shard, Runnable finished) {
    loop.execute(() -> {
      lose(shard);
      finished.run();
    });
  }

  @Override
  public void lost(Shard shard) {
    loop.execute(() -> lose(shard));
  }

  private void lose(Shard shard) {
    Set<Long> gone = shards.remove(shard);
    if (gone != null) {
      gone.stream()
          .map(workspaces::remove)
          .filter(Objects::nonNull)
          .forEach(workspace -> workspace.refuseAll(Reason.REASON_NOT_OWNER));
    }
  }

  private void tick() {
    long now = clock.nanos();
    for (WatchedWorkspace workspace : List.copyOf(workspaces.values())) {
      workspace.flush();
      if (!workspace.isWatched() && now - workspace.usedAt() >= bounds.idle().toNanos()) {
        forget(workspace);
      }
    }
  }

  private @Nullable WatchedWorkspace workspace(long id) {
    WatchedWorkspace found = workspaces.get(id);
    Set<Long> beside = shards.get(shard(id));
    if (found == null
        && beside != null
        && (workspaces.size() < bounds.maxWorkspaces() || forgetOne())) {
      found = new WatchedWorkspace(id, new HeadBoard(bounds.maxChannels()), clock.nanos());
      workspaces.put(id, found);
      beside.add(id);
    }
    return found;
  }

  /** Makes room: the workspace goes that nobody watches and nobody has used for longest. */
  private boolean forgetOne() {
    Optional<WatchedWorkspace> oldest =
        workspaces.values().stream()
            .filter(workspace -> !workspace.isWatched())
            .min(Comparator.comparingLong(WatchedWorkspace::usedAt));
    oldest.ifPresent(this::forget);
    return oldest.isPresent();
  }

  private void forget(WatchedWorkspace workspace) {
    workspaces.remove(workspace.id());
    Set<Long> beside = shards.get(shard(workspace.id()));
    if (beside != null) {
      beside.remove(workspace.id());
    }
  }

  private void fillNext() {
    while (filling < FILLS_AT_A_TIME && !toFill.isEmpty()) {
      WatchedWorkspace next = toFill.remove();
      if (has(next) && !next.isFilled()) {
        filling++;
        new HeadFill(next.id(), next.board(), store, loop, whole -> fillEnded(next, whole)).start();
      }
    }
  }

  private void fillEnded(WatchedWorkspace workspace, boolean whole) {
    filling--;
    if (whole) {
      workspace.filled();
    } else if (has(workspace) && workspace.isWatched()) {
      loop.schedule(
          () -> {
            toFill.add(workspace);
            fillNext();
          },
          FILL_AGAIN);
    }
    fillNext();
  }

  private boolean has(WatchedWorkspace workspace) {
    return workspaces.get(workspace.id()) == workspace;
  }

  private boolean owns(long workspaceId) {
    return shards.containsKey(shard(workspaceId));
  }

  private static Shard shard(long workspaceId) {
    return Shard.of(FeedId.workspace(workspaceId));
  }
}
