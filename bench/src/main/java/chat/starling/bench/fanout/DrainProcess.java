package chat.starling.bench.fanout;

import chat.starling.bench.drain.Counts;
import chat.starling.bench.drain.CrowdPlan;
import chat.starling.bench.drain.DrainMain;
import chat.starling.bench.drain.Opened;
import chat.starling.bench.process.ChildProcess;
import chat.starling.bench.process.JsonLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Very many clients in a process of their own. */
public final class DrainProcess implements AutoCloseable {

  /** Every server gets on with its work within this time, or has stopped. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** All sessions are open within this time, or never. */
  private static final Duration OPENING = Duration.ofMinutes(5);

  private static final List<String> JVM_FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC");

  private final ChildProcess child;
  private final BlockingQueue<Counts> counts = new ArrayBlockingQueue<>(1);
  private final List<String> faults = new ArrayList<>();
  private final int streams;
  private final int looking;
  private boolean opened;
  private long seen;

  private DrainProcess(CrowdPlan plan) {
    streams = plan.connections() * plan.streams();
    looking = plan.allLooking();
    child = ChildProcess.start("drain", DrainMain.class, JVM_FLAGS, this::hear);
    child.say(plan);
  }

  /**
   * Starts the clients; returns once all see the channel.
   *
   * @throws IllegalStateException when that does not come about
   */
  public static DrainProcess open(CrowdPlan plan) {
    DrainProcess drain = new DrainProcess(plan);
    try {
      drain.awaitOpened();
      return drain;
    } catch (RuntimeException e) {
      drain.close();
      throw e;
    }
  }

  /** How many clients there are. */
  public int streams() {
    return streams;
  }

  /** How many of them look at the channel. */
  int looking() {
    return looking;
  }

  /** The last seq that every client has. */
  public synchronized long seen() {
    return seen;
  }

  /**
   * Returns once every client has all events up to this one.
   *
   * @throws IllegalStateException when a client was not served right, or nothing comes for a minute
   */
  public synchronized void awaitSeen(long seq) {
    await(() -> seen >= seq, PATIENCE, "every client has seq " + seq);
  }

  /** What the clients have got. */
  public Counts counts() {
    child.say(Map.of("do", "counts"));
    try {
      Counts answer = counts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new IllegalStateException("drain: no counts; alive: " + child.isAlive());
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    child.close();
  }

  private synchronized void awaitOpened() {
    await(() -> opened, OPENING, "all clients see the channel");
  }

  /** Waits for as long as something is seen from time to time. Called with the lock held. */
  private void await(BooleanSupplier done, Duration patience, String expected) {
    long waitedFrom = System.nanoTime();
    long before = seen;
    while (!done.getAsBoolean()) {
      requireNoFault();
      if (seen != before) {
        before = seen;
        waitedFrom = System.nanoTime();
      }
      long left = patience.toMillis() - (System.nanoTime() - waitedFrom) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException(
            "drain: nothing for %s (expected: %s; %s)"
                .formatted(patience, expected, counts().line()));
      }
      pause(left);
    }
    requireNoFault();
  }

  @SuppressWarnings("WaitNotInLoop") // its caller has the loop
  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void requireNoFault() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException("drain: " + faults);
    }
  }

  private void hear(JsonNode line) {
    if (line.has("counts")) {
      counts.add(JsonLines.as(Counts.class, line.get("counts")));
      return;
    }
    synchronized (this) {
      if (line.has("seen")) {
        seen = line.get("seen").asLong();
      } else if (line.has("opened")) {
        opened = true;
        seen = JsonLines.as(Opened.class, line.get("opened")).lastSeq();
      } else if (faults.size() < 3) {
        faults.add(line.path("fault").asText());
      }
      notifyAll();
    }
  }
}
