package chat.starling.channel.owner;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A world with a clock of its own, in which everything happens one after the other, by a seed. */
final class SimWorld {

  private record Happening(long atMillis, long order, Runnable task)
      implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Happening> coming = new PriorityQueue<>();
  private final Random random;
  private long nowMillis = Instant.parse("2026-03-01T23:59:00Z").toEpochMilli();
  private long order;

  SimWorld(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  long nowMillis() {
    return nowMillis;
  }

  void after(long millis, Runnable task) {
    coming.add(new Happening(nowMillis + millis, order++, task));
  }

  /** Lets this much time pass. */
  void run(Duration time) {
    long end = nowMillis + time.toMillis();
    while (!coming.isEmpty() && coming.peek().atMillis() <= end) {
      Happening next = coming.remove();
      nowMillis = next.atMillis();
      next.task().run();
    }
    nowMillis = end;
  }

  /** Lets time pass until the question is answered, which takes a minute at most. */
  <T> T answer(CompletionStage<T> question) {
    run(Duration.ofMinutes(1));
    CompletableFuture<T> answer = question.toCompletableFuture();
    if (!answer.isDone()) {
      throw new AssertionError("no answer within a minute");
    }
    return answer.join();
  }
}
