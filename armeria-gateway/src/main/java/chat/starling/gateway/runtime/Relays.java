package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.Delay;
import chat.starling.gateway.delivery.FanOut;
import chat.starling.gateway.delivery.Follower;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Relay;
import chat.starling.gateway.delivery.Ticker;
import chat.starling.gateway.delivery.Ticks;
import chat.starling.gateway.delivery.Upstreams;
import chat.starling.gateway.upstream.LoopDelay;
import chat.starling.otel.TraceParent;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One relay for each event loop that has sessions. */
public final class Relays {

  private final Map<EventLoop, Relay> relays = new ConcurrentHashMap<>();
  private final Upstreams upstreams;
  private final FanOut.Limits limits;
  private final Tracer tracer;
  private final Ticks ticks;
  private final MonotonicClock clock;
  private final int kept;
  private final KnownUsers users;
  private final Permits permits;

  /**
   * Relays fed by these upstreams, from which events flow up to these limits in these ticks.
   *
   * @param users who may write
   * @param permits know the workspaces of channels
   * @param kept events that a session keeps for a resume; a power of two
   */
  public Relays(
      Upstreams upstreams,
      KnownUsers users,
      Permits permits,
      FanOut.Limits limits,
      Tracer tracer,
      Ticks ticks,
      MonotonicClock clock,
      int kept) {
    this.kept = kept;
    this.users = users;
    this.permits = permits;
    this.upstreams = upstreams;
    this.limits = limits;
    this.tracer = tracer;
    this.ticks = ticks;
    this.clock = clock;
  }

  /** The loop's relay; to be used on that loop only. */
  public Relay of(EventLoop loop) {
    return relays.computeIfAbsent(loop, this::relay);
  }

  /** Deliveries of all relays so far, nearly. */
  public long deliveries() {
    return relays.values().stream().mapToLong(Relay::deliveries).sum();
  }

  private Relay relay(EventLoop loop) {
    Delay delay = new LoopDelay(loop);
    var ticker = new Ticker(ticks, clock::nanos, delay);
    Relay made =
        new Relay(upstreams, delay, limits, ticker, kept, relay -> new Inbox(loop, relay, tracer));
    made.introducedBy(new Authors(users, permits, loop, made));
    return made;
  }

  /** Brings what upstream says to a relay's own event loop, in order: one hop for each event. */
  private record Inbox(EventLoop loop, Relay relay, Tracer tracer) implements Follower {

    @Override
    public void started(long channelId, long head) {
      loop.execute(() -> relay.started(channelId, head));
    }

    @Override
    public void event(Parcel parcel) {
      if (parcel.traceparent().isEmpty()) {
        loop.execute(() -> relay.event(parcel));
      } else {
        loop.execute(() -> traced(parcel));
      }
    }

    @Override
    public void moved(long channelId, long head) {
      loop.execute(() -> relay.moved(channelId, head));
    }

    private void traced(Parcel parcel) {
      int viewers = relay.viewers(parcel.channelId());
      if (viewers == 0) {
        return;
      }
      Span span =
          tracer
              .spanBuilder("starling.deliver")
              .setParent(TraceParent.into(parcel.traceparent()))
              .setSpanKind(SpanKind.INTERNAL)
              .setAttribute("starling.feed.id", parcel.channelId())
              .setAttribute("starling.event.seq", parcel.seq())
              .setAttribute("starling.viewers", viewers)
              .startSpan();
      try {
        relay.event(parcel);
      } finally {
        span.end();
      }
    }
  }
}
