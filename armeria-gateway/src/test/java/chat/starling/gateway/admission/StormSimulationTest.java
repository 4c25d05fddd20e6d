package chat.starling.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.limits.Rate;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of clients lose their gateway at the same moment and come to this one, while new ones
 * keep coming. In virtual time, each run from a seed.
 */
class StormSimulationTest implements WaitingRoom.Door<StormSimulationTest.Client> {

  private static final long SECOND = 1_000_000_000L;
  private static final int BACK = 5000;
  private static final int NEW = 500;
  private static final int PER_SECOND = 200;
  private static final int UNDER_WAY = 20;
  private static final int WAITING = 400;
  private static final AdmissionRules RULES =
      new AdmissionRules(
          new Rate(20, Duration.ofMillis(100)),
          UNDER_WAY,
          WAITING,
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));

  record Client(int number, boolean comesBack) {}

  private record Task(long at, int order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingInt(Task::order));
  private final Set<Client> in = new HashSet<>();
  private Random random = new Random(0);
  private WaitingRoom<Client> room = new WaitingRoom<>(RULES, this, () -> 0, 0);
  private long nextPulse = Long.MAX_VALUE;
  private long now;
  private int order;
  private int underWay;
  private int entries;
  private int refusals;
  private long lastBack;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void storm_everybodyComesIn_atTheRateAndWithinAllBounds(long seed) {
    random = new Random(seed);
    room = new WaitingRoom<>(RULES, this, random::nextDouble, now);
    for (int i = 0; i < BACK; i++) {
      come(new Client(i, true), random.nextLong(SECOND / 2));
    }
    for (int i = 0; i < NEW; i++) {
      come(new Client(BACK + i, false), random.nextLong(20 * SECOND));
    }
    while (!tasks.isEmpty()) {
      Task task = tasks.remove();
      now = task.at;
      task.run.run();
      assertThat(room.waiting()).isLessThanOrEqualTo(WAITING);
      assertThat(underWay).isLessThanOrEqualTo(UNDER_WAY);
      long most = 20 + now * PER_SECOND / SECOND + 1;
      assertThat(entries).isLessThanOrEqualTo((int) Math.min(Integer.MAX_VALUE, most));
      settle();
    }
    assertThat(in).hasSize(BACK + NEW);
    assertThat(refusals).isPositive().isLessThan(3 * (BACK + NEW));
    assertThat(lastBack)
        .as("not much later than the rate alone allows")
        .isLessThan(4L * BACK / PER_SECOND * SECOND);
  }

  @Override
  public void enter(Client client) {
    entries++;
    underWay++;
    after(random.nextLong(SECOND / 20), () -> over(client));
  }

  @Override
  public void refuse(Client client, WaitingRoom.Cause cause, Duration retryAfter) {
    refusals++;
    long wait = retryAfter.toNanos();
    come(client, wait + random.nextLong(wait));
  }

  private void over(Client client) {
    underWay--;
    in.add(client);
    lastBack = client.comesBack() ? now : lastBack;
    room.over(client, now);
  }

  private void come(Client client, long after) {
    after(after, () -> room.ask(client, client.comesBack(), now));
  }

  private void settle() {
    long idle = room.idle(now);
    if (idle != Long.MAX_VALUE && now + idle < nextPulse) {
      nextPulse = now + idle;
      after(idle, this::pulse);
    }
  }

  private void pulse() {
    nextPulse = Long.MAX_VALUE;
    room.time(now);
  }

  private void after(long nanos, Runnable run) {
    tasks.add(new Task(now + nanos, order++, run));
  }
}
