package chat.starling.edge.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.edge.RunningStack;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Nothing acked is lost and everybody sees one order, whoever is cut off and whatever is killed.
 */
class EveryMessageIT {

  private static final int SENDERS = 10;
  private static final int CHANNELS = 20;
  private static final int VIEWERS = 30;
  private static final int MESSAGES = 10_000;
  private static final long SEED = 20_260_101;

  @Test
  void messages_allServersKilledAfterwards_historyIsExactlyWhatWasAcked() {
    RunningStack stack = RunningStack.shared(); // which has all that it had once all is restarted
    try (Crowd crowd = new Crowd(stack, SEED)) {
      crowd.open(CHANNELS, SENDERS);
      crowd.watch(VIEWERS);
      crowd.talk(MESSAGES);
      assertThat(crowd.ledger().ackedCount()).isEqualTo(MESSAGES);
      crowd.assertEverybodySawEverything();
      stack.stack().kill9All();
      stack.stack().restartAll();
      crowd.assertHistoryIsWhatWasAcked();
      crowd.talk(200);
      crowd.assertEverybodySawEverything();
    }
  }

  @Test
  void messages_viewersCutAtRandom_everybodyStillSeesEverythingOnceInOrder() {
    try (Crowd crowd = new Crowd(RunningStack.shared(), SEED + 1)) {
      crowd.open(CHANNELS, SENDERS);
      crowd.watch(VIEWERS);
      AtomicBoolean talking = new AtomicBoolean(true);
      CompletableFuture<Integer> cuts =
          CompletableFuture.supplyAsync(() -> cutWhile(talking, crowd), Thread::startVirtualThread);
      crowd.talk(MESSAGES);
      talking.set(false);
      assertThat(cuts.join()).isGreaterThan(VIEWERS);
      crowd.assertEverybodySawEverything();
      crowd.assertHistoryIsWhatWasAcked();
    }
  }

  /** Cuts one viewer's connection after every few messages that are acked. */
  private static int cutWhile(AtomicBoolean talking, Crowd crowd) {
    Random random = new Random(SEED);
    int cuts = 0;
    while (talking.get()) {
      crowd.viewers().get(random.nextInt(VIEWERS)).client().disconnect();
      cuts++;
      long next = crowd.ledger().ackedCount() + 50;
      await()
          .atMost(Crowd.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !talking.get() || crowd.ledger().ackedCount() >= next);
    }
    return cuts;
  }
}
