package chat.starling.channel.owner;

import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.ownership.OwnedShards;
import chat.starling.channel.relay.RelayRules;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.Shard;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** A server with nobody beside it, whose lease never ends: what feeds see of one in a test. */
final class LoneServer {

  private LoneServer() {}

  /** What its feeds have in common; nobody is told what they do. */
  static FeedContext context(SimProcess process, FeedStores stores, OwnerBounds bounds) {
    OpenTelemetry none = OpenTelemetry.noop();
    return context(process, stores, bounds, none.getTracer("test"), none.getMeter("test"));
  }

  /** The same, with telemetry. */
  static FeedContext context(
      SimProcess process, FeedStores stores, OwnerBounds bounds, Tracer tracer, Meter meter) {
    return new FeedContext(
        () -> true,
        new OwnerHints("test", new RingHolder(), new OwnedShards(), shard -> {}),
        stores,
        bounds,
        new SnowflakeMint(1, process.wall()),
        new MarkStamps(process.wall()),
        process.wall(),
        process.monotonic(),
        new AppendTrace(tracer),
        new FeedMetrics(meter),
        HeadListener.NONE,
        new RelayRules("test", new RingHolder(), 32));
  }

  /** Its feeds, of which it owns the shard of this one. */
  static FeedOwner owning(FeedId feed, FeedContext context, SimProcess process) {
    FeedOwner owner = new FeedOwner(context, List.of(process.loop()));
    owner.start();
    owner.opened(Shard.of(feed), 1);
    return owner;
  }
}
