package chat.starling.edge.chaos;

import static org.awaitility.Awaitility.await;

import chat.starling.devstack.Stack;
import chat.starling.edge.crowd.Crowd;
import chat.starling.edge.crowd.HistoryPages;
import chat.starling.edge.crowd.Viewer;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What there is after the last message: histories, what viewers saw, what the outbox holds. Whoever
 * is behind gets time to catch up; who never does is shown by the proof.
 */
final class Evidence {

  private final Stack stack;
  private final Crowd crowd;
  private final Proof proof;

  Evidence(Stack stack, Crowd crowd, Proof proof) {
    this.stack = stack;
    this.crowd = crowd;
    this.proof = proof;
  }

  /** Lays all of it before the proof. */
  void gather() {
    HistoryPages history = crowd.history();
    for (long channel : crowd.channels()) {
      proof.history(channel, history.forward(channel), history.backward(channel));
    }
    viewers();
    outbox();
  }

  private void viewers() {
    inTime(() -> crowd.viewers().stream().allMatch(this::caughtUp));
    for (Viewer viewer : crowd.viewers()) {
      viewer.surprises().forEach(surprise -> proof.contradiction(viewer.name() + ": " + surprise));
      viewer.channels().forEach(channel -> proof.viewer(viewer.name(), channel));
    }
  }

  private boolean caughtUp(Viewer viewer) {
    return viewer.channels().stream()
        .allMatch(
            channel -> crowd.ledger().seenCount(viewer.name(), channel) >= proof.length(channel));
  }

  private void outbox() {
    try (var topic = new OutboxTopic(stack.kafka())) {
      inTime(() -> {
        topic.readOn();
        return crowd.channels().stream()
            .allMatch(channel -> topic.lastSeq(channel) >= proof.length(channel));
      });
      topic.oddities().forEach(proof::contradiction);
      crowd.channels().forEach(channel -> proof.outbox(channel, topic.messages(channel)));
    }
  }

  private static void inTime(Callable<Boolean> caughtUp) {
    try {
      await().pollInSameThread().atMost(Crowd.PATIENCE).until(caughtUp);
    } catch (ConditionTimeoutException e) {
      // What is missing is named one by one by the proof.
    }
  }
}
