package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.devstack.StackOptions;
import chat.starling.edge.RunningStack;
import chat.starling.edge.crowd.Crowd;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each kind of fault once; for longer with the properties of {@link ChaosOptions}. */
class ChaosIT {

  private static final long SEED = 20_260_102;
  private static final int CHANNELS = 15;
  private static final int SENDERS = 3;
  private static final int VIEWERS = 8;

  @Test
  void messages_oneFaultAfterTheOther_areOneStoryForEverybody() throws IOException {
    ChaosOptions options = ChaosOptions.of(System.getProperties(), SEED);
    ChaosReport report = run(options);
    System.out.print(report.table());
    if (options.json().isPresent()) {
      report.write(options.json().get());
    }
    assertThat(report.contradictions()).as("chaos with seed %d", options.seed()).isEmpty();
  }

  private static ChaosReport run(ChaosOptions options) {
    var servers = StackOptions.forTests().withServers(options.channelServers(), options.gateways());
    try (RunningStack stack = RunningStack.start(servers);
        Crowd crowd = new Crowd(stack, options.seed())) {
      crowd.open(CHANNELS, SENDERS);
      crowd.watch(VIEWERS);
      return new Chaos(stack.stack(), crowd, options, System.out::println).run();
    }
  }
}
