package chat.starling.edge.chaos;

import static org.awaitility.Awaitility.await;

import chat.starling.edge.crowd.Crowd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Every sender of a crowd writes in every channel, one message at a time each, until told to stop.
 */
final class Talk {

  private final List<Talker> talkers = new ArrayList<>();
  private final SendTimes times = new SendTimes();

  /** Begins at once. */
  Talk(Crowd crowd, long seed) {
    Random random = new Random(seed);
    for (int s = 0; s < crowd.senders().size(); s++) {
      for (long channel : crowd.channels()) {
        var talker =
            new Talker(
                "sender-" + s,
                crowd.senders().get(s),
                channel,
                random.nextLong(),
                crowd.ledger(),
                times);
        talkers.add(talker);
      }
    }
    talkers.forEach(Talker::begin);
  }

  /** How long the senders waited. */
  SendTimes times() {
    return times;
  }

  /** Returns when each of them has the ack of a message that it sent after this moment. */
  void awaitAcksOfSendsAfter(long nanos) {
    await()
        .atMost(Crowd.PATIENCE)
        .until(() -> talkers.stream().allMatch(talker -> talker.lastAckedSend() > nanos));
  }

  /** Returns when nobody waits for an answer any more. */
  void stop() {
    CompletableFuture.allOf(talkers.stream().map(Talker::stop).toArray(CompletableFuture[]::new))
        .join();
  }

  /** Answers that no sender should get. */
  List<String> refusals() {
    return talkers.stream().flatMap(talker -> talker.refusals().stream()).toList();
  }
}
