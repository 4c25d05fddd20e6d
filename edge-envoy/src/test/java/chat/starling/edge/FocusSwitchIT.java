package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Sent;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sessions that change their focus at random while much is going on, seen without any client logic:
 * of each channel every event comes once and in order, whatever was in focus meanwhile.
 */
class FocusSwitchIT {

  private static final int CHANNELS = 5;
  private static final int SENDERS = 3;
  private static final int WANDERERS = 8;

  /** Of each sender; a channel then has fewer than are replayed at most. */
  private static final int MESSAGES = 1_000;

  private static final int WINDOW = 16;
  private static final long SEED = 20_260_401;

  private final RunningStack stack = RunningStack.shared();
  private final List<Long> channels = new ArrayList<>();
  private final Map<Long, Long> last = new ConcurrentHashMap<>();

  @Test
  void focus_changedAtRandomUnderLoad_noGapAndNoRepetitionAtAnySeam() {
    String run = UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(open("wander-" + run + "-" + i));
    }
    AtomicBoolean talking = new AtomicBoolean(true);
    var wanderers =
        IntStream.range(0, WANDERERS)
            .mapToObj(i -> new Wanderer(stack, "wanderer-" + i, channels, new Random(SEED + i)))
            .toList();
    var walks =
        wanderers.stream()
            .map(wanderer ->
                CompletableFuture.runAsync(
                    () -> wanderer.walk(talking), Thread::startVirtualThread))
            .toList();
    talk();
    talking.set(false);
    CompletableFuture.allOf(walks.toArray(CompletableFuture[]::new)).join();
    assertThat(last).hasSize(CHANNELS);
    for (Wanderer wanderer : wanderers) {
      wanderer.catchUp(last);
      assertThat(wanderer.switches()).as("switches of focus").isGreaterThan(10);
      wanderer.leave();
    }
  }

  private long open(String name) {
    long id = stack.createChannel("talker-0", name);
    stack.joinAll(IntStream.range(1, SENDERS).mapToObj(i -> "talker-" + i).toList(), List.of(id));
    stack.joinAll(
        IntStream.range(0, WANDERERS).mapToObj(i -> "wanderer-" + i).toList(), List.of(id));
    return id;
  }

  private void talk() {
    var talks =
        IntStream.range(0, SENDERS)
            .mapToObj(i -> CompletableFuture.runAsync(() -> talk(i), Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(talks).join();
  }

  private void talk(int number) {
    Random random = new Random(SEED * 31 + number);
    Semaphore window = new Semaphore(WINDOW);
    try (StarlingClient talker = stack.client("talker-" + number, new ClientListener() {})) {
      talker.start();
      List<CompletableFuture<Void>> sends = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        window.acquireUninterruptibly();
        long channel = channels.get(random.nextInt(CHANNELS));
        sends.add(
            talker
                .send(channel, "text " + i)
                .whenComplete((sent, fault) -> window.release())
                .thenAccept(this::note));
      }
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
    }
  }

  private void note(Sent sent) {
    last.merge(sent.getChannelId(), sent.getSeq(), Math::max);
  }
}
