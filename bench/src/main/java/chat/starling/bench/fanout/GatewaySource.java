package chat.starling.bench.fanout;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.bench.load.Channels;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Starling's own servers: messages are appended to the channel at the channel server, as a gateway
 * does it.
 */
public final class GatewaySource implements Source {

  private static final int DIGITS = 3;

  private final String name;
  private final Set<Long> pids;
  private final Channels messages;
  private final long channelId;
  private final Function<AppendRequest, CompletionStage<?>> append;
  private final InstantSource clock = InstantSource.system();
  private final Recorder stored = new Recorder(DIGITS);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  /**
   * @param pids whose time counts
   * @param append at the channel server
   */
  public GatewaySource(
      String name,
      Set<Long> pids,
      Channels messages,
      long channelId,
      Function<AppendRequest, CompletionStage<?>> append) {
    this.name = name;
    this.pids = Set.copyOf(pids);
    this.messages = messages;
    this.channelId = channelId;
    this.append = append;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void publish(int count) {
    requireNoFault();
    long now = Micros.now(clock);
    for (int i = 0; i < count; i++) {
      var _ =
          append
              .apply(messages.append(channelId, now))
              .whenComplete((answer, failure) -> answered(now, failure));
    }
  }

  private void answered(long sent, @Nullable Throwable failure) {
    if (failure == null) {
      stored.recordValue(Math.max(0, Micros.now(clock) - sent));
    } else {
      fault.compareAndSet(null, failure);
    }
  }

  @Override
  public void requireNoFault() {
    Throwable earlier = fault.get();
    if (earlier != null) {
      throw new IllegalStateException(name + ": an append failed", earlier);
    }
  }

  @Override
  public Histogram takeStored() {
    return stored.getIntervalHistogram();
  }

  @Override
  public Set<Long> pids() {
    return pids;
  }
}
