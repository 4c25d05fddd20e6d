package chat.starling.client;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC channel in use. Each attempt to connect gets a new one: an old one may sit on a dead TCP
 * connection, or in gRPC's own backoff, which can last two minutes. Only on the client's thread,
 * except {@link #await}.
 */
final class Transport {
  private final Supplier<ManagedChannel> factory;
  private final Set<ManagedChannel> ending = new HashSet<>();
  private @Nullable ManagedChannel open;
  private boolean closed;

  Transport(Supplier<ManagedChannel> factory) {
    this.factory = factory;
  }

  /** The channel for new calls. */
  Channel channel() {
    ManagedChannel channel = open;
    if (channel == null) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      channel = factory.get();
      open = channel;
    }
    return channel;
  }

  /** New calls get a new channel; those under way on the old one may end. */
  void retire() {
    if (open != null) {
      open.shutdown();
      ending.removeIf(ManagedChannel::isTerminated);
      ending.add(open);
      open = null;
    }
  }

  /** Drops the connection at once, with all calls on it. */
  void cut() {
    if (open != null) {
      open.shutdownNow();
      retire();
    }
  }

  void close() {
    closed = true;
    cut();
    ending.forEach(ManagedChannel::shutdownNow);
  }

  /**
   * Waits, after {@link #close}, until the connections are gone; at most this many milliseconds
   * each.
   */
  void await(long millis) throws InterruptedException {
    for (ManagedChannel channel : ending) {
      channel.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
  }
}
