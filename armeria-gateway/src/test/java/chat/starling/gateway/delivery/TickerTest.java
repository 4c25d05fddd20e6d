package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.delivery.TickerTest.World.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TickerTest {

  private static final Duration TICK = Duration.ofMillis(20);

  @Test
  void event_afterAQuietMoment_leavesAtOnce() {
    World world = new World(TICK);
    Session session = world.session();
    world.write(session);
    assertThat(session.flushes).containsExactly(0L);
  }

  @Test
  void events_ofOneTurn_leaveTogetherAtOnce() {
    World world = new World(TICK);
    Session session = world.session();
    world.writeInOneTurn(session, 8);
    world.runFor(100);
    assertThat(session.flushes).containsExactly(0L);
  }

  @Test
  void events_withinTheTick_leaveTogetherAtItsEnd() {
    World world = new World(TICK);
    Session session = world.session();
    world.write(session);
    world.advance(1);
    world.write(session);
    world.advance(1);
    world.write(session);
    world.runFor(100);
    assertThat(session.flushes).hasSize(2);
    assertThat(session.flushes.getLast()).isEqualTo(21L);
  }

  @Test
  void events_withoutPause_leaveOncePerTick() {
    World world = new World(TICK);
    Session session = world.session();
    for (int i = 0; i < 1000; i++) {
      world.write(session);
      world.runFor(1);
    }
    assertThat(session.flushes.size()).isBetween(45, 51);
  }

  @Test
  void noTick_everyEventLeavesAtOnce() {
    World world = new World(Duration.ZERO);
    Session session = world.session();
    for (int i = 0; i < 5; i++) {
      world.write(session);
    }
    assertThat(session.flushes).hasSize(5);
  }

  @Test
  void wish_longerThanTheTick_isKeptTo() {
    World world = new World(TICK);
    Session session = world.session();
    session.departure.wish(Duration.ofMillis(100));
    for (int i = 0; i < 1000; i++) {
      world.write(session);
      world.runFor(1);
    }
    assertThat(session.flushes.size()).isBetween(8, 11);
  }

  @Test
  void tick_lateLoop_growsToTheLongestAndShrinksAgain() {
    World world = new World(TICK);
    Session session = world.session();
    for (int i = 0; i < 10; i++) {
      world.write(session);
      world.write(session);
      world.stall(1_000);
    }
    assertThat(world.ticker.tick()).isEqualTo(Duration.ofMillis(200));
    for (int i = 0; i < 2000; i++) {
      world.write(session);
      world.runFor(1);
    }
    assertThat(world.ticker.tick()).isEqualTo(TICK);
  }

  /** A loop whose clock stands until it is moved. */
  static final class World {

    private record Timer(long due, Runnable task) {}

    private final List<Timer> timers = new ArrayList<>();
    private long millis;
    final Ticker ticker;

    World(Duration tick) {
      ticker =
          new Ticker(
              new Ticks(tick, Duration.ofMillis(200)),
              () -> millis * 1_000_000,
              (after, task) -> timers.add(new Timer(millis + after.toMillis(), task)));
    }

    Session session() {
      return new Session();
    }

    void write(Session session) {
      writeInOneTurn(session, 1);
    }

    void writeInOneTurn(Session session, int events) {
      for (int i = 0; i < events; i++) {
        ticker.look();
        session.departure.eventWritten();
      }
      runDue();
    }

    void advance(long by) {
      millis += by;
    }

    void runFor(long by) {
      for (long until = millis + by; millis < until; ) {
        millis++;
        runDue();
      }
    }

    /** The loop does something else for so long. */
    void stall(long by) {
      millis += by;
      runDue();
      runFor(by);
    }

    private void runDue() {
      List<Timer> due = timers.stream().filter(timer -> timer.due <= millis).toList();
      timers.removeAll(due);
      due.forEach(timer -> timer.task.run());
    }

    /** Notes when it is flushed. */
    final class Session implements Downlink {

      final Departure departure = new Departure(ticker, this);
      final List<Long> flushes = new ArrayList<>();

      @Override
      public void write(Cargo cargo) {}

      @Override
      public void flush() {
        flushes.add(millis);
      }

      @Override
      public long pendingBytes() {
        return 0;
      }

      @Override
      public int pendingMessages() {
        return 0;
      }

      @Override
      public long departedBytes() {
        return 0;
      }

      @Override
      public void takeBack(Consumer<Parcel> parcels) {}

      @Override
      public @Nullable Lane lane() {
        return null;
      }

      @Override
      public void whenDrained(Runnable task) {
        task.run();
      }
    }
  }
}
