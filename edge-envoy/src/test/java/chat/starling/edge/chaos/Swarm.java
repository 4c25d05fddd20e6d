package chat.starling.edge.chaos;

import chat.starling.edge.RunningStack;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Very many members on few connections and one thread. */
final class Swarm implements AutoCloseable {

  /** The edge allows 100 streams on one connection. */
  private static final int STREAMS = 90;

  private static final int USERS = 20;
  private static final long TICK_MILLIS = 20;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<ManagedChannel> connections = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();

  /** As many members, spread over the channels, none started. */
  Swarm(RunningStack stack, int size, List<Long> channels, long seed) {
    Random random = new Random(seed);
    List<String> users = IntStream.range(0, USERS).mapToObj(u -> "swarm-" + u).toList();
    stack.joinAll(users, channels);
    List<String> tokens = users.stream().map(stack::tokenOf).toList();
    for (int i = 0; i < size; i++) {
      if (i % STREAMS == 0) {
        connections.add(stack.dial());
      }
      members.add(
          new Member(
              thread,
              connections.getLast(),
              tokens.get(i % USERS),
              channels.get(i % channels.size()),
              random::nextDouble));
    }
  }

  void start() {
    each(Member::start);
    var _ =
        thread.scheduleAtFixedRate(
            () -> members.forEach(Member::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  boolean allReady() {
    return members.stream().allMatch(Member::isReady);
  }

  /** Whether one of them has lost its session since. */
  boolean hasLost() {
    return members.stream().anyMatch(member -> !member.isReady());
  }

  /** What was until now does not count. */
  void forget() {
    each(Member::forget);
  }

  /** Each in turn on their thread; returns when all are done. */
  void each(Consumer<Member> action) {
    CompletableFuture.runAsync(() -> members.forEach(action), thread).join();
  }

  @Override
  public void close() {
    each(Member::stop);
    connections.forEach(ManagedChannel::shutdownNow);
    connections.forEach(Swarm::awaitEnd);
    thread.shutdownNow();
  }

  /** After it nothing comes that would look for the thread. */
  private static void awaitEnd(ManagedChannel connection) {
    try {
      connection.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
