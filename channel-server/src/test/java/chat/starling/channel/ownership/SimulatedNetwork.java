package chat.starling.channel.ownership;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between servers and the store: delay, loss, reordering, requests that land long after
 * their sender gave up, and partitions.
 */
final class SimulatedNetwork {

  private final SimulatedTime time;
  private final Random random;
  private final long timeout;
  private final Set<String> cutOff = new HashSet<>();
  private boolean storeDown;
  private boolean sluggish;
  private double trouble;

  SimulatedNetwork(SimulatedTime time, Random random, long timeout) {
    this.time = time;
    this.random = random;
    this.timeout = timeout;
  }

  void cutOff(String serverId, boolean cut) {
    if (cut) {
      cutOff.add(serverId);
    } else {
      cutOff.remove(serverId);
    }
  }

  void storeDown(boolean down) {
    storeDown = down;
  }

  /** Whether every other request takes almost as long as the timeout to reach the store. */
  void sluggish(boolean slow) {
    sluggish = slow;
  }

  /** Which part of all messages is lost or late, 0 to 1. */
  void trouble(double part) {
    trouble = part;
  }

  /** Asks the store; {@code answer} gets what it said, or null once the timeout is over. */
  <R> void ask(String serverId, Supplier<R> question, Consumer<@Nullable R> answer) {
    boolean[] answered = new boolean[1];
    Consumer<@Nullable R> once =
        reply -> {
          if (!answered[0]) {
            answered[0] = true;
            answer.accept(reply);
          }
        };
    time.after(timeout, () -> once.accept(null));
    if (!lost()) {
      time.after(
          sluggish && random.nextBoolean() ? timeout * 9 / 10 : delay(),
          () -> {
            if (reaches(serverId)) {
              R reply = question.get();
              if (!lost() && reaches(serverId)) {
                time.after(delay(), () -> once.accept(reply));
              }
            }
          });
    }
  }

  /** Passes a message from server to server, or loses it. */
  void tell(Runnable message) {
    if (!lost()) {
      time.after(delay(), message);
    }
  }

  private boolean reaches(String serverId) {
    return !storeDown && !cutOff.contains(serverId);
  }

  private boolean lost() {
    return random.nextDouble() < trouble / 2;
  }

  /** Prompt, or late but mostly in time, or long after the sender gave up. */
  private long delay() {
    double luck = random.nextDouble();
    int most = luck < trouble / 3 ? 6_000_000 : luck < trouble ? 750_000 : 5_000;
    return TimeUnit.MICROSECONDS.toNanos(300 + random.nextInt(most));
  }
}
