package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.edge.Gathering;
import chat.starling.gateway.edge.UserKey;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.workspace.WorkspaceChanges;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;

/**
 * What this gateway holds of users because somebody looks at them. Filled lazily, bounded, and
 * forgotten when a workspace's feed tells of a change or its time is over.
 */
public final class EdgeCache implements WorkspaceChanges {

  /** Of the calls by which the cache is filled; the keys are as many as a channel server takes. */
  static final Gathering.Bounds BOUNDS = new Gathering.Bounds(200, 4, 50_000);

  private static final AttributeKey<String> CACHE = AttributeKey.stringKey("starling.edge.cache");
  private static final String USERS = "users";
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("starling.edge.result");

  private final KnownUsers users;
  private final Naming naming;

  /** Filled from these servers. */
  public EdgeCache(ChannelServers servers, EdgeSettings settings) {
    users = new KnownUsers(servers, settings.users(), settings.time());
    naming = new Naming(servers, users);
  }

  /** Lets the meter read how large the cache is and how often it helped, whenever it likes. */
  public void observe(Meter meter) {
    meter
        .counterBuilder("starling.edge.requests")
        .setUnit("{request}")
        .buildWithCallback(counter -> record(counter, users.stats()));
    meter
        .upDownCounterBuilder("starling.edge.entries")
        .setUnit("{entry}")
        .buildWithCallback(counter -> counter.record(users.size(), Attributes.of(CACHE, USERS)));
  }

  private static void record(ObservableLongMeasurement counter, CacheStats stats) {
    counter.record(stats.hitCount(), Attributes.of(CACHE, USERS, RESULT, "hit"));
    counter.record(stats.missCount(), Attributes.of(CACHE, USERS, RESULT, "miss"));
  }

  /** Users. */
  public KnownUsers users() {
    return users;
  }

  /** A session of this identity begins: from now on its user can be named. */
  void arrived(Identity identity) {
    naming.seen(identity);
  }

  /** The identity was seen in a workspace: from now on its user can be named there. */
  public void seen(Identity identity, long workspaceId) {
    naming.seen(identity, workspaceId);
  }

  @Override
  public void changed(WorkspaceEvent event) {
    event.getChangesList().stream()
        .filter(WorkspaceChange::hasMember)
        .map(change -> new UserKey(event.getWorkspaceId(), change.getMember().getUserId()))
        .forEach(users::forget);
  }

  @Override
  public void lost(long workspaceId) {
    users.forgetAll(workspaceId);
  }
}
