package chat.starling.channel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.relay.SimTree.Gateway;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A feed whose tree grows and breaks: gateways that come and go, servers that crash and come back,
 * an owner that moves with the old one not aware of it, all messages as late as can be. Every
 * stream brings what it promised, and every gateway has the whole feed in the end.
 */
class RelayTreeSimulationTest {

  private static final int STEPS = 3_000;
  private static final int LATE_COMERS = 12;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tree_randomInterleaving_everyGatewaySeesEverySeqOnceInOrder(long seed) {
    SimTree tree = new SimTree(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      tree.step();
    }
    tree.settle();
    for (int i = 0; i < LATE_COMERS; i++) {
      tree.join();
    }
    tree.drain();
    tree.publish();
    tree.drain();
    assertThat(tree.relayed()).as("feeds that are passed on").isPositive();
    assertThat(tree.gateways()).hasSizeGreaterThanOrEqualTo(LATE_COMERS);
    for (Gateway gateway : tree.gateways()) {
      assertThat(gateway.seen()).isEqualTo(tree.head());
    }
  }
}
