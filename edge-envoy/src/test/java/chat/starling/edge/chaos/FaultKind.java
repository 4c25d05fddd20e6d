package chat.starling.edge.chaos;

import chat.starling.devstack.Stack;
import chat.starling.devstack.process.LocalServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What goes wrong, for how long, and how it ends. */
enum FaultKind {
  /** Dies without warning; the others must find out by its lease. */
  CHANNEL_SERVER_KILL(0, 8_000),

  /** Stands still for longer than its lease, and then goes on as if nothing had happened. */
  CHANNEL_SERVER_PAUSE(6_000, 8_000),

  /** Is ended and started as by an operator. */
  CHANNEL_SERVER_RESTART(0, 2_000),

  /** Takes its users' connections with it. */
  GATEWAY_KILL(0, 8_000),

  /** Redis is away. */
  REDIS_STOP(3_000, 6_000),

  /** The event bus is away; what was acked meanwhile must reach it later. */
  KAFKA_STOP(10_000, 12_000);

  private static final Duration LONG_KAFKA_STOP = Duration.ofMinutes(1);

  private final int leastMillis;
  private final int mostMillis;

  FaultKind(int leastMillis, int mostMillis) {
    this.leastMillis = leastMillis;
    this.mostMillis = mostMillis;
  }

  /** By which it is asked for and reported. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The servers that it can happen to. */
  List<LocalServer> targets(Stack stack) {
    return switch (this) {
      case CHANNEL_SERVER_KILL, CHANNEL_SERVER_PAUSE, CHANNEL_SERVER_RESTART ->
          stack.channelServers();
      case GATEWAY_KILL -> stack.gateways();
      case REDIS_STOP -> List.of(stack.server("redis"));
      case KAFKA_STOP -> List.of(stack.server("kafka"));
    };
  }

  /** How long it lasts before it is ended. */
  Duration lasts(Random random, boolean longRun) {
    return this == KAFKA_STOP && longRun
        ? LONG_KAFKA_STOP
        : Duration.ofMillis(random.nextInt(leastMillis, mostMillis + 1));
  }

  /** Lets it happen. */
  void begin(LocalServer target) {
    switch (this) {
      case CHANNEL_SERVER_KILL, GATEWAY_KILL -> target.kill9();
      case CHANNEL_SERVER_PAUSE -> target.pause();
      case CHANNEL_SERVER_RESTART, REDIS_STOP, KAFKA_STOP -> target.close();
    }
  }

  /** Ends it, and returns when the server answers or at least goes on. */
  void end(LocalServer target) {
    switch (this) {
      case CHANNEL_SERVER_PAUSE -> target.resume();
      case CHANNEL_SERVER_KILL, CHANNEL_SERVER_RESTART, GATEWAY_KILL, REDIS_STOP, KAFKA_STOP ->
          target.start();
    }
  }
}
