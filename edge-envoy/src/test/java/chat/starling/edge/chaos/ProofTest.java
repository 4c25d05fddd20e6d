package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.edge.crowd.Ledger;
import chat.starling.edge.crowd.Ledger.Entry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proof that finds nothing is worth something only if it finds what is wrong. */
class ProofTest {

  private static final long CHANNEL = 5;
  private static final Entry ONE = new Entry(1, 101, "one");
  private static final Entry TWO = new Entry(2, 102, "two");
  private static final Entry THREE = new Entry(3, 103, "three");
  private static final Entry FALSE_TWO = new Entry(2, 104, "false two");

  private final Ledger ledger = new Ledger();
  private final Proof proof = new Proof(ledger);

  @BeforeEach
  void acks() {
    ledger.acked(CHANNEL, ONE);
    ledger.acked(CHANNEL, TWO);
  }

  @Test
  void everything_sameEverywhere_isNoContradiction() {
    ledger.unknown(CHANNEL, "three");
    ledger.unknown(CHANNEL, "never written");
    for (Entry entry : List.of(ONE, TWO, THREE)) {
      ledger.seen("viewer", CHANNEL, entry);
    }
    history(ONE, TWO, THREE);
    proof.viewer("viewer", CHANNEL);
    proof.outbox(CHANNEL, List.of(ONE, TWO, ONE, TWO, THREE));
    assertThat(proof.contradictions()).isEmpty();
  }

  @Test
  void ackedMessage_notInTheHistory_isFound() {
    history(ONE);
    assertFound("acked was 2 (id 102) 'two', there is nothing");
  }

  @Test
  void ackedMessage_changed_isFound() {
    history(ONE, FALSE_TWO);
    assertFound("acked was 2 (id 102) 'two', there is 2 (id 104) 'false two'");
  }

  @Test
  void history_withAGap_isFound() {
    history(ONE, TWO, new Entry(4, 105, "four"));
    assertFound("has at place 3: 4 (id 105) 'four'");
  }

  @Test
  void history_withIdsThatFall_isFound() {
    history(ONE, TWO, new Entry(3, 100, "three"));
    assertFound("has at place 3: 3 (id 100) 'three'");
  }

  @Test
  void history_otherWhenReadBack_isFound() {
    proof.history(CHANNEL, List.of(ONE, TWO), List.of(ONE));
    assertFound("backward, has at place 2: nothing (expected: 2 (id 102) 'two')");
  }

  @Test
  void message_thatNobodySent_isFound() {
    history(ONE, TWO, THREE);
    assertFound("nobody knows of 3 (id 103) 'three'");
  }

  @Test
  void message_underTwoSeqs_isFound() {
    history(ONE, TWO, new Entry(3, 103, "two"));
    assertFound("channels 5 and 5 both have 3 (id 103) 'two'");
  }

  @Test
  void viewer_whoMissedOneOrSawItTwice_isFound() {
    history(ONE, TWO);
    ledger.seen("late", CHANNEL, TWO);
    proof.viewer("late", CHANNEL);
    assertFound("late in channel 5 has at place 1: 2 (id 102) 'two'");
    ledger.seen("twice", CHANNEL, ONE);
    ledger.seen("twice", CHANNEL, TWO);
    ledger.seen("twice", CHANNEL, TWO);
    proof.viewer("twice", CHANNEL);
    assertFound("twice in channel 5 has at place 3: 2 (id 102) 'two' (expected: nothing)");
  }

  @Test
  void outbox_withAGapOutOfOrderOrChanged_isFound() {
    history(ONE, TWO);
    proof.outbox(CHANNEL, List.of(ONE));
    assertFound("the outbox of channel 5 has at place 2: nothing");
    proof.outbox(CHANNEL, List.of(TWO, ONE));
    assertFound("the outbox of channel 5 has at place 1: 2 (id 102) 'two'");
    proof.outbox(CHANNEL, List.of(ONE, TWO, FALSE_TWO));
    assertFound("the outbox has of channel 5 another 2 (id 104) 'false two'");
  }

  private void history(Entry... entries) {
    proof.history(CHANNEL, List.of(entries), List.of(entries));
  }

  private void assertFound(String part) {
    assertThat(proof.contradictions()).anyMatch(sentence -> sentence.contains(part));
  }
}
